package lychgate.evennia.wire;

import org.jspecify.annotations.Nullable;

/** What an administrative message is about. On the wire, a character with that code. */
public enum Operation {
    /** A client has connected. */
    PCONN(1),
    /** A client has disconnected. */
    PDISCONN(2),
    /** The Server has connected and asks for the sessions, or is sent them. */
    PSYNC(3),
    /** An account has been logged in. */
    SLOGIN(4),
    /** Disconnect a client. */
    SDISCONN(5),
    /** Disconnect all clients. */
    SDISCONNALL(6),
    /** The Server has changed its sessions' attributes. */
    SSYNC(8),
    /** Make an outgoing connection, for a bot. */
    SCONN(11),
    /** More is known of a client. */
    PCONNSYNC(12),
    /** All clients have disconnected. */
    PDISCONNALL(13),
    /** Restart the Server, keeping its state. */
    SRELOAD(14),
    /** Start the Server. */
    SSTART(15),
    /** Stop the Server and the portal. */
    PSHUTD(16),
    /** Stop the Server. */
    SSHUTD(17),
    /** Restart the Server as after a shutdown. */
    SRESET(19);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /** As written on the wire. */
    public String text() {
        return String.valueOf((char) code);
    }

    /** The operation written that way; null if there is none. */
    public static @Nullable Operation of(@Nullable Object text) {
        for (Operation each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        return null;
    }
}
