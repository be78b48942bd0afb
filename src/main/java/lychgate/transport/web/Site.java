package lychgate.transport.web;

import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;
import lychgate.transport.web.page.Page;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * What is where: on the web ports WebSockets at {@code /ws}, AJAX at {@code /webclientdata}, and
 * the page; on the WebSocket port WebSockets at any path.
 */
final class Site extends Handler.Abstract.NonBlocking {
    private final Upgrades upgrades;
    private final Request.Handler ajax;
    private final Page page;

    Site(Upgrades upgrades, Request.Handler ajax, Page page) {
        this.upgrades = upgrades;
        this.ajax = ajax;
        this.page = page;
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
            case "/ws" -> upgrades;
            case "/webclientdata" -> ajax;
            default -> Upgrades.isAsked(request) ? Site::noWebSocket : page;
        };
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
