package lychgate.transport.web;

import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * What is where: WebSockets at {@code /ws} on the web ports, and at any path on the WebSocket port.
 */
final class Site extends Handler.Abstract.NonBlocking {
    private final Upgrades upgrades;

    Site(Upgrades upgrades) {
        this.upgrades = upgrades;
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
            default -> Site::nothing;
        };
    }

    private static boolean isFor(String service, Request request) {
        return service.equals(request.getConnectionMetaData().getConnector().getName());
    }

    private static boolean nothing(Request request, Response response, Callback callback) {
        PlainText.end(HttpStatus.NOT_FOUND_404, "There is nothing here.\n", response, callback);
        return true;
    }
}
