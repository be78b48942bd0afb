package lychgate.evennia.wire;

/** Why a Server is told to stop. The next one is told the same when it connects. */
public enum RestartMode {
    /** Stop. */
    SHUTDOWN("shutdown", Operation.SSHUTD),
    /** Restart and keep the state. */
    RELOAD("reload", Operation.SRELOAD),
    /** Restart as after a shutdown. */
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
