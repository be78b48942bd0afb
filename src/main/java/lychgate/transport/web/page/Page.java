package lychgate.transport.web.page;

import lychgate.http.PlainText;
import lychgate.session.Meters;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * The page at {@code /} and {@code /play/}: ours, or the game's own, beside which our script stays
 * at {@code /play/lychgate.js} for it to use.
 */
public final class Page implements Request.Handler {
    /** Where the page is in any case. */
    public static final String PLAY = "/play";

    private static final String WITHIN = PLAY + "/";

    private final Assets ours = Assets.load();
    private final @Nullable GameFolder game;

    /**
     * @param folder with the game's own page; null: ours
     */
    public Page(@Nullable Path folder, Meters meters) {
        game = folder == null ? null : new GameFolder(folder, meters);
    }

    /** Whether a path is below {@code /play/}, or that itself. */
    public static boolean isPlay(String path) {
        return path.equals(PLAY) || path.startsWith(WITHIN);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            PlainText.end(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "Pages can only be read.\n",
                    response,
                    callback);
            return true;
        }
        String path = URIUtil.decodePath(Request.getPathInContext(request));
        if (path.equals(PLAY)) {
            redirect(path, response, callback);
            return true;
        }
        boolean play = path.startsWith(WITHIN);
        String name = path.substring(play ? WITHIN.length() : 1);
        if (game == null || (play && isScript(name))) {
            send(ours.get(name), isScript(name), request, response, callback);
        } else {
            GameFolder folder = game;
            request.getComponents()
                    .getExecutor()
                    .execute(() -> send(folder, name, request, response, callback));
        }
        return true;
    }

    /** Our script for pages, and the modules that it is made of. */
    private static boolean isScript(String name) {
        return name.equals("lychgate.js") || name.startsWith("lychgate/");
    }

    private static void send(
            @Nullable Asset asset,
            boolean script,
            Request request,
            Response response,
            Callback callback) {
        if (asset == null) {
            nothing(response, callback);
            return;
        }
        if (script) {
            PageHeaders.ofTheScript(response.getHeaders());
        } else {
            PageHeaders.ofOurs(request, response.getHeaders());
        }
        asset.send(request, response, callback);
    }

    private static void send(
            GameFolder folder, String name, Request request, Response response, Callback callback) {
        try {
            switch (folder.find(name)) {
                case GameFolder.Found.Nothing _ -> nothing(response, callback);
                case GameFolder.Found.Folder _ -> redirect(name, response, callback);
                case GameFolder.Found.File file -> {
                    PageHeaders.ofTheGame(response.getHeaders());
                    folder.send(file, request, response, callback);
                }
            }
        } catch (RuntimeException e) {
            Response.writeError(request, response, callback, e);
        }
    }

    private static void nothing(Response response, Callback callback) {
        PlainText.end(HttpStatus.NOT_FOUND_404, "There is nothing here.\n", response, callback);
    }

    /** To the folder of that name, relatively: a proxy may have put a path before it. */
    private static void redirect(String folder, Response response, Callback callback) {
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        response.getHeaders().put(HttpHeader.LOCATION, "./" + URIUtil.encodePath(last) + "/");
        PlainText.end(HttpStatus.FOUND_302, "The page is in this folder.\n", response, callback);
    }
}
