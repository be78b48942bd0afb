package lychgate.transport.web.session;

import lychgate.transport.Wire;

/**
 * A connection of the web: it carries one session at a time, and can be given to another one whose
 * client has come back. Called on the mailbox of the session that it carries.
 */
public interface WebWire extends Wire {

    /** From now on it carries that session. */
    void carries(FormatDialect session);

    /**
     * The session goes on without it: closes it. What it still brings is ignored.
     *
     * @param code one of {@link CloseCodes}
     */
    void letGo(int code);

    /** Whether its end has been noticed. */
    boolean isGone();

    /** Its place among the connections that are admitted. */
    Seat seat();

    /** The name of its transport in the counters. */
    String transport();

    /** The client's address, without a port. */
    String address();
}
