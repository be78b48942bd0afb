package lychgate.plugin;

import lychgate.address.Cidr;
import lychgate.session.Meters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The portal, as the services see that it runs. */
public interface PortalApplication {

    /** All sessions, and the way to the game. */
    PortalSessionHandler sessions();

    /** Who may connect. To be asked before anything is made for a connection. */
    Admission admission();

    /** The limits that bind every transport. */
    Limits limits();

    /**
     * What all connections together may keep: a protocol counts there what its clients have not
     * taken, and what they have begun to send and not ended.
     */
    MemoryBudget memoryBudget();

    /** Runs things later, on one thread; they must not block. */
    Scheduler scheduler();

    /** Counts what happens. */
    Meters meters();

    /** The address to listen on, from {@code portal.interface}. */
    String listenAddress();

    /**
     * The proxies whose word on who is behind them is believed, from {@code
     * portal.trusted_proxies}.
     */
    List<Cidr> trustedProxies();

    /**
     * TLS with the portal's key and certificate. Those who speak it need nothing else; the files
     * are made where there are none.
     *
     * @throws IOException if the key and certificate cannot be used: the message is one sentence
     *     for the operator
     */
    ServerTls tls() throws IOException;

    /** The port of another service, by its name; empty where that does not listen, or not yet. */
    OptionalInt port(String service);

    /** The game's name, from {@code portal.name}. */
    String gameName();

    /**
     * What lists of games are told of this one (MSSP), now: names of fields, each with its values,
     * in order.
     */
    Map<String, List<String>> mssp();

    /** Where a service may keep files of its own, below {@code var/}. */
    Path varFolder();
}
