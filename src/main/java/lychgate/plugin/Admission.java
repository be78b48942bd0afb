package lychgate.plugin;

import java.net.InetAddress;

/**
 * Decides who may connect, by the limits and the bans. A transport asks it as soon as a connection
 * is accepted, before it makes a session, a chain or a thread for it. Any thread may ask.
 */
public interface Admission {

    /**
     * Decides about one connection.
     *
     * @param from the client's address; an IPv6 address counts as its /64
     */
    Decision admit(InetAddress from);

    /**
     * Decides about a connection whose client may come back to a session that it had, which is only
     * known later: if it does not, {@link #takesNewcomers} is asked before a session is opened.
     */
    default Decision admitReturning(InetAddress from) {
        return admit(from);
    }

    /**
     * Decides about a new session whose client is connected to another portal, which has admitted
     * it: of the limits, only {@code limits.connections} applies, and without the bound by file
     * descriptors, since the session has no connection here.
     */
    default Decision admitRelayed() {
        return new Refused("connections", "Sessions of other portals are not taken here.");
    }

    /**
     * Decides about such a session that existed before: an operator who empties this portal does
     * not keep it out.
     */
    default Decision admitResumed() {
        return admitRelayed();
    }

    /** Whether new sessions are opened at all; not while an operator empties the portal. */
    default boolean takesNewcomers() {
        return true;
    }

    /** A transport has refused a connection for a reason of its own: logged, not counted. */
    default void refused(InetAddress from, String reason) {}

    /** Whether an address is banned; for what takes no place, such as a page. */
    default boolean isBanned(InetAddress from) {
        return false;
    }

    /** The answer. */
    sealed interface Decision {}

    /**
     * The connection may stay.
     *
     * @param place must be given back when the connection ends
     */
    record Admitted(Place place) implements Decision {}

    /**
     * The connection must be refused.
     *
     * @param reason for the counter, words joined by underscores
     * @param message one line for the player
     */
    record Refused(String reason, String message) implements Decision {}

    /** One of the connections that are allowed at a time. */
    interface Place {
        /** Gives the place back. More than one call is harmless. */
        void giveBack();

        /** The client has come back to a session that it had: it does not count for the rate. */
        default void cameBack() {}
    }
}
