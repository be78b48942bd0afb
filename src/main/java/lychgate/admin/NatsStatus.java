package lychgate.admin;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

/**
 * The connection to NATS, of a portal that has others.
 *
 * @param connected whether there is one
 * @param servers the URL of the connected server, else of all that are tried, without passwords
 */
public record NatsStatus(boolean connected, String servers) {
    /** Reads what {@link Status#script} says of it; null if it says nothing. */
    static @Nullable NatsStatus read(Fields status) throws MalformedException {
        String nats = status.optionalText("nats");
        return nats.isEmpty()
                ? null
                : new NatsStatus(nats.equals("up"), status.optionalText("nats_servers"));
    }

    /** For people. */
    String text() {
        return "NATS: " + (connected ? "connected to " : "not connected to ") + servers;
    }
}
