package lychgate.examples.irc;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides which lines of a server the library gets: those that the bot needs. All others would only
 * be remembered, and a hostile server has no end of them. For one connection and one thread.
 */
final class IrcFilter {
    /** What serves the conversation itself, and holds nothing that is kept. */
    private static final Set<String> ALWAYS = Set.of("PRIVMSG", "PONG", "ERROR", "353", "366");

    /** What a server has cause to send only a few times on one connection. */
    private static final Set<String> RARELY =
            Set.of(
                    "CAP", "001", "002", "003", "004", "005", "376", "422", // the greeting
                    "431", "432", "433", "436", "437", // a nick that is not free
                    "403", "404", "405", "471", "473", "474", "475", "476", "477"); // no way in

    /** What is about somebody; only what is about the bot counts. */
    private static final Set<String> ABOUT_US = Set.of("JOIN", "PART", "NICK");

    /** Most lines of the {@link #RARELY} kind, and about the bot, on one connection. */
    static final int MAX_RARE = 500;

    /** The longest ping that is answered, so that the answer is no longer than a line may be. */
    private static final int MAX_PING = 300;

    private static final String CTCP = "\u0001";
    private static final String ACTION = "\u0001ACTION ";

    private final Supplier<String> ownNick;
    private int rare;

    /**
     * @param ownNick the bot's name now
     */
    IrcFilter(Supplier<String> ownNick) {
        this.ownNick = ownNick;
    }

    /** Whether the library gets that line. */
    boolean passes(String line) {
        String rest = line.startsWith("@") ? after(line) : line;
        String source = "";
        if (rest.startsWith(":")) {
            source = first(rest).substring(1);
            rest = after(rest);
        }
        String command = first(rest);
        if (command.equals("PING")) {
            return source.isEmpty() && line.length() <= MAX_PING;
        }
        if (ALWAYS.contains(command)) {
            return !isQuery(rest);
        }
        boolean wanted = RARELY.contains(command) || isAboutUs(command, source, rest);
        return wanted && ++rare <= MAX_RARE;
    }

    private boolean isAboutUs(String command, String source, String rest) {
        String who =
                command.equals("KICK")
                        ? first(after(after(rest)))
                        : ABOUT_US.contains(command) ? nick(source) : "";
        return who.equalsIgnoreCase(ownNick.get());
    }

    /** Whether the server has sent more of what should be rare than any has cause to. */
    boolean isFlooded() {
        return rare > MAX_RARE;
    }

    /** Whether it is a CTCP query, to which the library would answer. */
    private static boolean isQuery(String privmsg) {
        return privmsg.contains(CTCP) && !privmsg.contains(ACTION);
    }

    private static String nick(String source) {
        int end = source.indexOf('!');
        return end < 0 ? source : source.substring(0, end);
    }

    private static String first(String words) {
        int end = words.indexOf(' ');
        return end < 0 ? words : words.substring(0, end);
    }

    private static String after(String words) {
        int end = words.indexOf(' ');
        return end < 0 ? "" : words.substring(end).stripLeading();
    }
}
