package lychgate.transport.web.ajax;

import lychgate.session.Browser;
import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.WebWire;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.function.Consumer;

/** What the web server knows about clients, and the sessions it creates for them. */
public interface AjaxClients {

    /** Whether the page that sends the request may, by its Origin. */
    boolean mayAsk(Request request);

    /** The address of the client, behind trusted proxies too. */
    InetAddress address(Request request);

    /**
     * Goes on with what the game's website knows of a browser, at once or a little later.
     *
     * @param csessid the key of the browser's session there; empty for none
     * @param then given what is known; null for nothing
     * @param failed told if that throws
     */
    void find(
            String csessid,
            Request request,
            Consumer<@Nullable Browser> then,
            Consumer<Throwable> failed);

    /** Creates the session of a client that has been admitted, which is not open yet. */
    FormatDialect begin(Newcomer newcomer, WebWire wire);

    /**
     * A client that has been admitted.
     *
     * @param address of the client
     * @param secure whether it is connected over TLS
     * @param known the browser as the game's website knows it; null for none
     * @param browser what its page says it runs in; empty for nothing
     */
    record Newcomer(InetAddress address, boolean secure, @Nullable Browser known, String browser) {}
}
