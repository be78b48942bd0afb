package lychgate.plugin;

import lychgate.address.Cidr;
import lychgate.session.BrowserLogins;
import lychgate.session.Meters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The running portal, as services see it. */
public interface PortalApplication {

    /** All sessions, and their connection to the game. */
    PortalSessionHandler sessions();

    /** Decides who may connect. Must be asked before anything is created for a connection. */
    Admission admission();

    /**
     * The limits, which apply to every transport. Ask where a limit is enforced and do not keep the
     * answer: a reload changes it.
     */
    Limits limits();

    /**
     * The memory budget of all connections: a protocol reports its unsent output and its incomplete
     * messages there.
     */
    MemoryBudget memoryBudget();

    /** What the game's website knows of browsers. */
    default BrowserLogins browserLogins() {
        return BrowserLogins.NONE;
    }

    /** Runs tasks later, on one thread; they must not block. */
    Scheduler scheduler();

    /** The counters. */
    Meters meters();

    /** The address to listen on, from {@code portal.interface}. */
    String listenAddress();

    /**
     * The proxies that are trusted to name the client's address, from {@code
     * portal.trusted_proxies}.
     */
    List<Cidr> trustedProxies();

    /**
     * TLS with the portal's key and certificate. The files are generated if there are none.
     *
     * @throws IOException if the key and certificate cannot be used: the message is one sentence
     *     for the operator
     */
    ServerTls tls() throws IOException;

    /** The port of another service by name; empty if it does not listen (yet). */
    OptionalInt port(String service);

    /** The game's name, from {@code portal.name}. */
    String gameName();

    /** What MSSP crawlers are told about this game now: field names with their values, in order. */
    Map<String, List<String>> mssp();

    /** The folder {@code var/}, where services keep their files. */
    Path varFolder();
}
