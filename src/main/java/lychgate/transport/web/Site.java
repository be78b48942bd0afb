package lychgate.transport.web;

import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;
import lychgate.transport.web.page.Page;
import lychgate.transport.web.website.Website;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What is where: on the web ports WebSockets at {@code /ws}, AJAX at {@code /webclientdata}, and
 * the page; on the WebSocket port WebSockets at any path. The game's own website, if there is one,
 * is everywhere but at {@code /play/}.
 */
final class Site extends Handler.Abstract.NonBlocking {
    private final Upgrades upgrades;
    private final Request.Handler ajax;
    private final Page page;
    private final @Nullable Website website;

    /**
     * @param website the game's own; null if it is not served here
     */
    Site(Upgrades upgrades, Request.Handler ajax, Page page, @Nullable Website website) {
        this.upgrades = upgrades;
        this.ajax = ajax;
        this.page = page;
        this.website = website;
    }

    @Override
    public void setServer(Server server) {
        super.setServer(server);
        upgrades.setServer(server);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpDeadlines.of(request).asked(request);
        return handler(request).handle(request, response, callback);
    }

    private Request.Handler handler(Request request) {
        if (isFor(WebConfig.WEBSOCKET, request)) {
            return upgrades;
        }
        return switch (Request.getPathInContext(request)) {
            case null -> Site::nothing; // CONNECT
            case "/ws" -> upgrades;
            case "/webclientdata" -> ajax;
            case String path -> page(path, request);
        };
    }

    private Request.Handler page(String path, Request request) {
        if (Upgrades.isAsked(request)) {
            return Site::noWebSocket;
        }
        return website == null || Page.isPlay(path) ? page : website;
    }

    private static boolean nothing(Request request, Response response, Callback callback) {
        PlainText.end(HttpStatus.NOT_FOUND_404, "There is nothing here.\n", response, callback);
        return true;
    }

    private static boolean isFor(String service, Request request) {
        return service.equals(request.getConnectionMetaData().getConnector().getName());
    }

    private static boolean noWebSocket(Request request, Response response, Callback callback) {
        String text = "There is no WebSocket at this path, but at /ws.\n";
        PlainText.end(HttpStatus.NOT_FOUND_404, text, response, callback);
        return true;
    }
}
