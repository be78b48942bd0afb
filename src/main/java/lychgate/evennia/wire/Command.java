package lychgate.evennia.wire;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The AMP commands of Evennia. */
public enum Command {
    /** Input of a client, for the Server. */
    TO_SERVER("MsgPortal2Server"),
    /** An {@link Operation}, for the Server. */
    ADMIN_TO_SERVER("AdminPortal2Server"),
    /** Output of the Server, for a client. */
    FROM_SERVER("MsgServer2Portal"),
    /** An {@link Operation}, of the Server. */
    ADMIN_FROM_SERVER("AdminServer2Portal"),
    /** A launcher asks for the status. The portal reports a change with the same command. */
    STATUS("MsgStatus"),
    /** An order of a launcher. */
    FROM_LAUNCHER("MsgLauncher2Portal");

    private static final Map<String, Command> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(Command::text, Function.identity()));

    private final String text;

    Command(String text) {
        this.text = text;
    }

    /** As it is written on the wire. */
    public String text() {
        return text;
    }

    /** The command of that name; null where there is none. */
    public static @Nullable Command of(String text) {
        return BY_TEXT.get(text);
    }
}
