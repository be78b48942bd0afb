package lychgate.transport.web.session;

import lychgate.transport.Conversation;

/**
 * Which session a connection carries. What the connection brings is dealt with on the mailbox of
 * that session, also if the connection has been moved to another one in between, and not at all
 * once the connection has been let go. Any thread may call.
 */
public final class Carried {
    private volatile FormatDialect session;
    private volatile boolean letGo;

    /**
     * @param first the session that is carried at first
     */
    public Carried(FormatDialect first) {
        this.session = first;
    }

    /** The session that is carried now. */
    public FormatDialect session() {
        return session;
    }

    /** Its conversation. */
    public Conversation conversation() {
        return session.conversation();
    }

    /** Runs something on the mailbox. */
    public void run(Runnable event) {
        FormatDialect carried = session;
        carried.conversation()
                .mailbox()
                .run(
                        () -> {
                            if (!carried.equals(session)) {
                                run(event);
                            } else if (!letGo) {
                                event.run();
                            }
                        });
    }

    /**
     * Processes input on the mailbox. Only the owner may call.
     *
     * @param ignored run instead once the connection has been let go
     */
    public void input(Runnable event, Runnable ignored) {
        FormatDialect carried = session;
        carried.conversation()
                .mailbox()
                .input(
                        () -> {
                            if (!carried.equals(session)) {
                                input(event, ignored);
                            } else if (letGo) {
                                ignored.run();
                            } else {
                                event.run();
                            }
                        });
    }

    /** Runs something about a session on its mailbox, if it is carried then. */
    public void runFor(FormatDialect of, Runnable event) {
        of.conversation()
                .mailbox()
                .run(
                        () -> {
                            if (of.equals(session) && !letGo) {
                                event.run();
                            }
                        });
    }

    /** Moves the connection to another session; on the mailbox of the one that it carries. */
    public void moveTo(FormatDialect other) {
        session = other;
    }

    /** The session goes on without the connection; on its mailbox. */
    public void letGo() {
        letGo = true;
    }
}
