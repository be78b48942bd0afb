package lychgate.plugin;

import java.net.InetAddress;

/**
 * Decides who may connect, by the limits and the bans. A transport asks it as soon as a connection
 * is accepted, before it makes a session, a chain or a thread for it. Any thread may ask.
 */
public interface Admission {

    /**
     * Lets a connection in or not.
     *
     * @param from the client's address; of IPv6 the /64 counts
     */
    Decision admit(InetAddress from);

    /** The answer. */
    sealed interface Decision {}

    /**
     * The connection may stay.
     *
     * @param place to be given back when it ends
     */
    record Admitted(Place place) implements Decision {}

    /**
     * The connection must go.
     *
     * @param reason for the counter: a few words joined by underscores
     * @param message one line for the player
     */
    record Refused(String reason, String message) implements Decision {}

    /** A place that a connection takes up among those that are allowed. */
    interface Place {
        /** Gives the place back. More than one call is harmless. */
        void giveBack();
    }
}
