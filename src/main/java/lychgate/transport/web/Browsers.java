package lychgate.transport.web;

import lychgate.plugin.PortalApplication;
import lychgate.session.Browser;
import lychgate.transport.web.ajax.AjaxClients;
import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.WebWire;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.function.Consumer;

/** What AJAX clients have in common with WebSockets. */
final class Browsers implements AjaxClients {
    private final PortalApplication app;
    private final Origins origins;
    private final Spoken spoken;

    Browsers(PortalApplication app, Origins origins, Spoken spoken) {
        this.app = app;
        this.origins = origins;
        this.spoken = spoken;
    }

    @Override
    public boolean mayAsk(Request request) {
        return origins.allow(request.getHeaders());
    }

    @Override
    public InetAddress address(Request request) {
        return ForwardedFor.client(request, app.trustedProxies());
    }

    @Override
    public void find(
            String csessid,
            Request request,
            Consumer<@Nullable Browser> then,
            Consumer<Throwable> failed) {
        KnownBrowsers.find(app, csessid, request, then, failed);
    }

    @Override
    public FormatDialect begin(Newcomer newcomer, WebWire wire) {
        return spoken.with(newcomer, wire);
    }
}
