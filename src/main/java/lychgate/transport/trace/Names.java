package lychgate.transport.trace;

import lychgate.session.CommandTuple;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which out-of-band commands of a client may be seen, by their names in any notation. */
final class Names {
    /** What clients say of themselves, which may be seen before login. */
    private static final Set<String> OPENING =
            Set.of(
                    "hello",
                    "supports_set",
                    "supports_add",
                    "supports_remove",
                    "ping",
                    "keepalive",
                    "client_options",
                    "webclient_options",
                    "get_client_options",
                    "get_inputfuncs",
                    "list",
                    "report",
                    "unreport",
                    "send",
                    "reset",
                    "client_id",
                    "client_version",
                    "size");

    /** What carries a password or something as good. */
    private static final List<String> SECRET =
            List.of("login", "passw", "credential", "auth", "token", "secret", "session");

    private Names() {}

    /** Whether a command may be seen at any time. */
    static boolean isOpening(String name) {
        String plain = plain(name);
        return OPENING.contains(plain.startsWith("core_") ? plain.substring(5) : plain);
    }

    /** Whether a command must never be seen. */
    static boolean isSecret(String name) {
        String plain = plain(name);
        return SECRET.stream().anyMatch(plain::contains)
                || Arrays.stream(name.split(" ", -1)).anyMatch(Names::isLine);
    }

    /** Whether it carries a line as it is typed, and so maybe a command that sets a password. */
    private static boolean isLine(String name) {
        String plain = plain(name);
        return plain.equals(CommandTuple.TEXT) || plain.equals("core_" + CommandTuple.TEXT);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_').replace(' ', '_');
    }
}
