package lychgate.admin.page;

import lychgate.admin.AdminHttp;
import lychgate.admin.Answer;
import lychgate.admin.Commands;
import lychgate.admin.Operations;
import lychgate.admin.Operator;
import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;
import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The operator's page: {@code GET /} is the page, {@code GET /page/state}, {@code /page/sessions}
 * and {@code /page/session} are what it shows, {@code POST /page/order} is what its buttons do, and
 * {@code POST /page/login} takes the token.
 */
public final class OperatorsPage implements AdminHttp.Page {
    /** Bytes of an order: a message to all players is a few lines. */
    static final int MAX_ORDER = 4096;

    /** What the page can order; the rest has the command line. */
    private static final Set<String> ORDERS = Set.of("kick", "ban", "unban", "say", "drain");

    private static final String FILES = "/page/files/";
    private static final String JSON = "application/json; charset=utf-8";

    private final PageAccess access;
    private final Commands commands;
    private final PageView view;
    private final PageFiles files = new PageFiles();

    /**
     * @param commands carries out what the page orders
     */
    public OperatorsPage(
            PageAccess access, Operations portal, Commands commands, Trends trends, LogTail log) {
        this.access = access;
        this.commands = commands;
        this.view = new PageView(portal, trends, log, access.orderToken());
    }

    @Override
    public boolean has(String path) {
        return path.equals("/") || path.startsWith("/page/");
    }

    @Override
    public boolean takesPost(String path) {
        return path.equals("/page/order") || path.equals("/page/login");
    }

    @Override
    public void answer(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        switch (access.of(request)) {
            case FORBIDDEN ->
                    PlainText.end(
                            HttpStatus.FORBIDDEN_403,
                            "only from this machine, or with admin.token_file\n",
                            response,
                            callback);
            case TOKEN -> withoutToken(path, request, response, callback);
            case ALLOWED -> {
                if (takesPost(path)) {
                    post(path, request, response, callback);
                } else {
                    get(path, request, response, callback);
                }
            }
        }
    }

    private void withoutToken(String path, Request request, Response response, Callback callback) {
        if (path.equals("/page/login") && request.getMethod().equals("POST")) {
            body(
                    request,
                    response,
                    callback,
                    (text, _) -> login(text, request, response, callback));
        } else if (path.equals("/")) {
            files.send("login.html", response, callback);
        } else if (path.startsWith(FILES)) {
            files.send(path.substring(FILES.length()), response, callback);
        } else {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            PlainText.end(HttpStatus.UNAUTHORIZED_401, "the token, please\n", response, callback);
        }
    }

    private void get(String path, Request request, Response response, Callback callback) {
        if (path.equals("/")) {
            files.send("index.html", response, callback);
        } else if (path.startsWith(FILES)) {
            files.send(path.substring(FILES.length()), response, callback);
        } else {
            Object found = view.of(path, query(request));
            if (found == null) {
                PlainText.end(HttpStatus.NOT_FOUND_404, "not found\n", response, callback);
            } else {
                send(HttpStatus.OK_200, found, response, callback);
            }
        }
    }

    private static Fields query(Request request) {
        try {
            return Request.extractQueryParameters(request);
        } catch (IllegalArgumentException e) { // not UTF-8
            return new Fields();
        }
    }

    private void post(String path, Request request, Response response, Callback callback) {
        if (!path.equals("/page/order")) {
            PlainText.end(HttpStatus.NOT_FOUND_404, "no token is asked for\n", response, callback);
        } else if (!access.isFromThePage(request)) {
            PlainText.end(
                    HttpStatus.FORBIDDEN_403, "not from the page itself\n", response, callback);
        } else {
            body(
                    request,
                    response,
                    callback,
                    (_, read) -> order(read, request, response, callback));
        }
    }

    private void order(
            @Nullable Object read, Request request, Response response, Callback callback) {
        if (read instanceof Map<?, ?> order
                && order.get("command") instanceof String command
                && ORDERS.contains(command)
                && order.get("arguments") instanceof List<?> arguments) {
            Answer answer =
                    commands.run(
                            Operator.atPage(PageAccess.address(request)),
                            command,
                            arguments.stream().map(String::valueOf).toList());
            send(HttpStatus.OK_200, new Told(answer.ok(), answer.text()), response, callback);
        } else {
            PlainText.end(HttpStatus.BAD_REQUEST_400, "no such order\n", response, callback);
        }
    }

    /** What became of an order. */
    private record Told(boolean ok, String text) {}

    private void login(String token, Request request, Response response, Callback callback) {
        String cookie = access.login(request, token.strip());
        if (cookie == null) {
            PlainText.end(HttpStatus.FORBIDDEN_403, "this is not the token\n", response, callback);
        } else {
            response.getHeaders().put(HttpHeader.SET_COOKIE, cookie);
            send(HttpStatus.OK_200, new Told(true, ""), response, callback);
        }
    }

    /** Reads a body, as text and as JSON, without waiting for it. */
    private static void body(
            Request request,
            Response response,
            Callback callback,
            BiConsumer<String, @Nullable Object> then) {
        long length = request.getLength();
        if (length < 0 || length > MAX_ORDER) {
            PlainText.end(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, MAX_ORDER + " bytes\n", response, callback);
            return;
        }
        HttpDeadlines deadlines = HttpDeadlines.of(request);
        deadlines.reads(request);
        Content.Source.asString(
                request,
                StandardCharsets.UTF_8,
                new Promise<>() {
                    @Override
                    public void succeeded(String text) {
                        deadlines.hasRead(request);
                        then.accept(text, json(text));
                    }

                    @Override
                    public void failed(Throwable failure) {
                        callback.failed(failure);
                    }
                });
    }

    private static @Nullable Object json(String text) {
        try {
            return Json.read(text);
        } catch (MalformedException e) {
            return null;
        }
    }

    private static void send(int status, Object value, Response response, Callback callback) {
        response.setStatus(status);
        PageFiles.headers(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        Content.Sink.write(response, true, Answer.json(value), callback);
    }
}
