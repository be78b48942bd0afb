package lychgate.oob;

import lychgate.session.CommandTuple;
import lychgate.session.Fact;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.TreeMap;

/**
 * What the portal itself does with GMCP's package Core, whatever carries it: it answers {@code
 * Ping}, and consumes {@code KeepAlive} and {@code Goodbye}, for they concern the connection.
 * {@code Hello} (the command {@code client_options}) and {@code Supports} go to the game, and what
 * they say about the client is kept. Of one client, by one thread at a time.
 */
public final class GmcpCore {
    /** Packages kept per client: more than Mudlet names with all its add-ons. */
    private static final int MAX_PACKAGES = 64;

    /** Characters of a package name that are kept. */
    private static final int MAX_NAME = 128;

    /** Counts messages that name more packages than are kept. */
    private static final String TOO_MANY = "gmcp_packages";

    private static final String SOURCE = "GMCP";

    private final TreeMap<String, String> packages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Carries out what a client's commands ask for. */
    public interface Client {
        /** Sends the client a command. */
        void answer(CommandTuple command);

        /** Hands the game a command. */
        void deliver(CommandTuple command);

        /** Something has become known of the client. */
        <T> void learned(Fact<T> fact, T value, String source);

        /** The client is alive, though nobody types. */
        void alive();

        /** Counts a message that breaks the rules. */
        void malformed(String kind);
    }

    /** Takes a command that a client has sent by GMCP. */
    public void received(CommandTuple command, Client client) {
        switch (command.name().toLowerCase(Locale.ROOT)) {
            case "ping" -> client.answer(CommandTuple.of("ping"));
            case "keepalive" -> client.alive();
            case "goodbye" -> {} // the connection will end; nothing needs to be done before
            case "client_options" -> {
                learnClient(command, client);
                client.deliver(command);
            }
            case "supports_set" -> {
                packages.clear();
                add(command, client);
            }
            case "supports_add" -> add(command, client);
            case "supports_remove" -> {
                command.names().forEach(packages::remove);
                supported(command, client);
            }
            default -> client.deliver(command);
        }
    }

    private static void learnClient(CommandTuple hello, Client client) {
        hello.kwargs()
                .forEach(
                        (key, value) -> {
                            Fact<String> fact = fact(key);
                            if (fact != null && value instanceof String text && !text.isBlank()) {
                                client.learned(fact, shortened(text), SOURCE);
                            }
                        });
    }

    /** Mudlet sends the keys in lower case, older documents and clients with a capital. */
    private static @Nullable Fact<String> fact(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "client" -> Fact.CLIENT;
            case "version" -> Fact.VERSION;
            default -> null;
        };
    }

    /** Each entry is a name and a version: {@code "Char.Skills 1"}. */
    private void add(CommandTuple command, Client client) {
        boolean all = true;
        for (String each : command.names()) {
            String wanted = shortened(each);
            int space = wanted.indexOf(' ');
            String name = space < 0 ? wanted : wanted.substring(0, space);
            if (!name.isEmpty()) {
                all &= keep(name, wanted);
            }
        }
        if (!all) {
            client.malformed(TOO_MANY);
        }
        supported(command, client);
    }

    /** Whether another package may be kept. */
    private boolean keep(String name, String wanted) {
        boolean room = packages.size() < MAX_PACKAGES || packages.containsKey(name);
        if (room) {
            packages.put(name, wanted);
        }
        return room;
    }

    private void supported(CommandTuple command, Client client) {
        client.learned(Fact.PACKAGES, String.join(", ", packages.values()), SOURCE);
        client.deliver(command);
    }

    private static String shortened(String text) {
        String stripped = text.strip();
        return stripped.length() <= MAX_NAME ? stripped : stripped.substring(0, MAX_NAME);
    }
}
