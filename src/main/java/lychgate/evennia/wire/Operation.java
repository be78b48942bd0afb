package lychgate.evennia.wire;

import org.jspecify.annotations.Nullable;

/** What an administrative message is about. On the wire one character of that code. */
public enum Operation {
    /** A client has connected. */
    PCONN(1),
    /** A client is gone. */
    PDISCONN(2),
    /** The Server has come and asks for the sessions; or is given them. */
    PSYNC(3),
    /** An account has been logged in. */
    SLOGIN(4),
    /** A client is to be sent away. */
    SDISCONN(5),
    /** All clients are to be sent away. */
    SDISCONNALL(6),
    /** What the Server keeps of sessions has changed. */
    SSYNC(8),
    /** A connection outwards is to be made, for a bot. */
    SCONN(11),
    /** More is known of a client. */
    PCONNSYNC(12),
    /** All clients are gone. */
    PDISCONNALL(13),
    /** The Server is to be restarted, and to remember what it can. */
    SRELOAD(14),
    /** The Server is to be started. */
    SSTART(15),
    /** The Server is to be stopped, and the portal too. */
    PSHUTD(16),
    /** The Server is to be stopped. */
    SSHUTD(17),
    /** The Server is to be restarted as if it had been stopped. */
    SRESET(19);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /** As it is written. */
    public String text() {
        return String.valueOf((char) code);
    }

    /** The operation that is written so; null where there is none. */
    public static @Nullable Operation of(@Nullable Object text) {
        for (Operation each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        return null;
    }
}
