package lychgate.transport.web.website;

import lychgate.address.HostPort;
import lychgate.http.PlainText;
import lychgate.plugin.PortalApplication;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

import java.net.InetAddress;
import java.util.function.Function;

/** The game's own website: decides who may ask for it, and passes requests on. */
public final class Website extends Handler.Wrapper {
    /**
     * Requests of one address at a time: a browser asks for six at once, and several people may
     * share an address.
     */
    static final int MAX_PER_ADDRESS = 24;

    /** Maximum size of a request's body in bytes; the game's own limit for forms is lower. */
    static final long MAX_BODY = 16 << 20;

    private final PortalApplication app;
    private final Function<Request, InetAddress> clients;
    private final UnderWay underWay = new UnderWay(MAX_PER_ADDRESS);

    /**
     * @param server the game's web server
     * @param clients finds out who asks
     */
    public Website(HostPort server, PortalApplication app, Function<Request, InetAddress> clients) {
        this.app = app;
        this.clients = clients;
        SizeLimitHandler bounded = new SizeLimitHandler(MAX_BODY, -1);
        bounded.setHandler(new ReverseProxy(server, app, clients));
        setHandler(bounded);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        InetAddress client = clients.apply(request);
        if (app.admission().isBanned(client)) {
            app.meters().refused("banned");
            PlainText.end(
                    HttpStatus.FORBIDDEN_403,
                    "You may not come in from your address.\n",
                    response,
                    callback);
            return true;
        }
        if (!underWay.begin(client)) {
            app.meters().refused("website_per_address");
            Unavailable.answer(Unavailable.Why.BUSY, request, response, callback);
            return true;
        }
        Request.addCompletionListener(request, _ -> underWay.end(client));
        return super.handle(request, response, callback);
    }
}
