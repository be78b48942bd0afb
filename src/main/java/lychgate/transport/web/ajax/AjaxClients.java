package lychgate.transport.web.ajax;

import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.WebWire;

import org.eclipse.jetty.server.Request;

import java.net.InetAddress;

/** What the web server knows about clients, and the sessions it creates for them. */
public interface AjaxClients {

    /** Whether the page that sends the request may, by its Origin. */
    boolean mayAsk(Request request);

    /** The address of the client, behind trusted proxies too. */
    InetAddress address(Request request);

    /** Creates the session of a client that has been admitted, which is not open yet. */
    FormatDialect begin(Newcomer newcomer, WebWire wire);

    /**
     * A client that has been admitted.
     *
     * @param address of the client
     * @param secure whether it is connected over TLS
     * @param csessid the browser's session key on the game's website; empty for none
     * @param browser what its page says it runs in; empty for nothing
     */
    record Newcomer(InetAddress address, boolean secure, String csessid, String browser) {}
}
