package lychgate.transport.web.ajax;

import lychgate.address.Addresses;
import lychgate.http.Refusal;
import lychgate.oob.Json;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.session.Browser;
import lychgate.transport.web.ajax.AjaxClients.Newcomer;
import lychgate.transport.web.session.Seat;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Handles the requests of AJAX clients, and knows their sessions. */
public final class Ajax implements Request.Handler {
    /** Maximum size of a message in bytes, as over a WebSocket. */
    static final int MAX_MESSAGE = 64 * 1024;

    /** Maximum size of a body: each byte of a message may take three, and the other fields some. */
    static final int MAX_BODY = 3 * MAX_MESSAGE + 1024;

    private final PortalApplication app;
    private final AjaxClients clients;
    private final Bodies bodies;
    private final SessionKeys keys = new SessionKeys();
    private final Map<SessionKeys.Key, AjaxWire> sessions = new ConcurrentHashMap<>();

    /**
     * @param clients creates the sessions
     */
    public Ajax(PortalApplication app, AjaxClients clients) {
        this.app = app;
        this.clients = clients;
        this.bodies = new Bodies(app.meters());
    }

    /** Whether there is no session. */
    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** The number of sessions that hold a poll. */
    public long polled() {
        return sessions.values().stream().filter(AjaxWire::isPolled).count();
    }

    /** Handles what is due at that moment; called once a second. */
    public void tick(long now) {
        sessions.values().forEach(session -> session.tick(now));
    }

    /** Ends all sessions at once. */
    public void stop() {
        sessions.values().forEach(AjaxWire::close);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            exchange.refuse(HttpStatus.METHOD_NOT_ALLOWED_405, "Only POST is answered here.");
        } else if (!clients.mayAsk(request)) {
            app.meters().refused("origin");
            exchange.refuse(HttpStatus.FORBIDDEN_403, "Pages of that site may not connect here.");
        } else if (!isForm(request)) {
            malformed(exchange);
        } else {
            new Body(
                            request,
                            MAX_BODY,
                            bodies,
                            body -> received(body, exchange),
                            () -> malformed(exchange))
                    .read();
        }
        return true;
    }

    private static boolean isForm(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return MimeTypes.Type.FORM_ENCODED
                .asString()
                .equalsIgnoreCase(MimeTypes.getContentTypeWithoutCharset(type));
    }

    private void malformed(Exchange exchange) {
        app.meters().malformed("ajax");
        exchange.refuse(HttpStatus.BAD_REQUEST_400, "This is not a web client's request.");
    }

    private void tooLong(Exchange exchange) {
        app.meters().refused("ajax_message");
        exchange.refuse(HttpStatus.PAYLOAD_TOO_LARGE_413, "That is too long.");
    }

    private void received(byte @Nullable [] body, Exchange exchange) {
        if (body == null) {
            tooLong(exchange);
            return;
        }
        Form form = Form.read(body);
        if (form == null) {
            malformed(exchange);
            return;
        }
        if (form.field("mode").equals("init")) {
            clients.find(
                    form.field("csessid"),
                    exchange.request(),
                    known -> init(form, known, exchange),
                    exchange::lost);
            return;
        }
        AjaxWire session = sessions.get(keys.key(form.field("csessid"), form.field("cuid")));
        if (session == null) {
            app.meters().refused("ajax_session");
            exchange.gone();
        } else {
            ask(session, form, exchange);
        }
    }

    private void ask(AjaxWire session, Form form, Exchange exchange) {
        session.asked();
        switch (form.field("mode")) {
            case "receive" -> session.receive(exchange);
            case "input" -> {
                String message = form.field("data");
                if (message.length() > MAX_MESSAGE) {
                    tooLong(exchange);
                } else {
                    session.input(message, exchange);
                }
            }
            case "keepalive" -> exchange.done();
            case "close" -> session.leaves(exchange);
            default -> {
                app.meters().malformed("ajax");
                exchange.done();
            }
        }
    }

    private void init(Form form, @Nullable Browser known, Exchange exchange) {
        InetAddress address = clients.address(exchange.request());
        switch (app.admission().admitReturning(address)) {
            case Admission.Refused why -> {
                app.meters().refused(why.reason());
                exchange.refuse(Refusal.status(why), why.message());
            }
            case Admission.Admitted(Admission.Place place) -> {
                boolean secure = exchange.request().isSecure();
                String csessid = form.field("csessid");
                Newcomer newcomer = new Newcomer(address, secure, known, form.field("browserstr"));
                begin(newcomer, keys.id(csessid), form.field("cuid"), place, exchange);
            }
        }
    }

    private void begin(
            Newcomer newcomer, String id, String cuid, Admission.Place place, Exchange exchange) {
        SessionKeys.Key key = keys.key(id, cuid);
        Seat seat = new Seat(place);
        AjaxWire session =
                new AjaxWire(
                        seat,
                        Addresses.text(newcomer.address()),
                        wire -> clients.begin(newcomer, wire),
                        ended -> {
                            sessions.remove(key, ended);
                            seat.leave();
                        });
        AjaxWire before = sessions.put(key, session);
        if (before != null) {
            before.close(); // its page has begun anew
        }
        session.open();
        exchange.answer(hello(exchange.request(), id), () -> {}, session::close);
    }

    private byte[] hello(Request request, String id) {
        String name =
                "%s (%s:%d)"
                        .formatted(
                                app.gameName(),
                                Request.getServerName(request),
                                Request.getLocalPort(request));
        Map<String, Object> hello = Map.of("msg", name, "csessid", id);
        return Json.write(hello).getBytes(StandardCharsets.UTF_8);
    }
}
