package lychgate.evennia.wire;

/** What a Server is told to stop for; the one that comes after it is told the same. */
public enum RestartMode {
    /** Stop. */
    SHUTDOWN("shutdown", Operation.SSHUTD),
    /** Restart, and remember. */
    RELOAD("reload", Operation.SRELOAD),
    /** Restart, as if stopped. */
    RESET("reset", Operation.SRESET);

    private final String text;
    private final Operation operation;

    RestartMode(String text, Operation operation) {
        this.text = text;
        this.operation = operation;
    }

    /** As it is written on the wire. */
    public String text() {
        return text;
    }

    /** The operation that orders it. */
    public Operation operation() {
        return operation;
    }
}
