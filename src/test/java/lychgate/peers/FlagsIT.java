package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.transport.telnet.TranscribedClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares Evennia's Portal and Lychgate, with the same game and clients: what the game learns
 * about the clients, and the effect of each flag that its {@code option} command sets.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FlagsIT {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");

    private static final List<String> CLIENTS =
            List.of(
                    "mudlet",
                    "tintin",
                    "mushclient",
                    "inetutils-telnet",
                    "silent",
                    "kildclient",
                    "tinyfugue",
                    "kbtin",
                    "libtelnet-client",
                    "telnetlib3");

    /** Where Lychgate tells something else, and why that is better: client and flag to both. */
    private static final Map<String, String> DIFFERENCES = Map.of();

    /** How often a client is asked what the game knows, until that has settled. */
    private static final int ROUNDS = 30;

    /**
     * Rounds in a row that must be alike: longer than Evennia waits for an answer (two seconds).
     */
    private static final int SETTLED_ROUNDS = 5;

    private static final long ROUND_MILLIS = 500;

    /** Times that a game is asked whether it is there. */
    private static final int PROBES = 60;

    private static final String MARK = "(done)";

    /** Understands {@code @flags}, {@code @option NAME=VALUE}, {@code @say}, {@code @prompt}. */
    private static final String INPUTFUNCS =
            """

            import json
            from evennia.commands.default.account import CmdOption

            def text(session, *args, **kwargs):
                line = str(args[0] if args else "").strip().strip(chr(0))
                word, _, rest = line.partition(" ")
                if word == "@flags":
                    flags = json.dumps(session.protocol_flags, sort_keys=True)
                    session.msg(text="FLAGS " + flags + " SGALF")
                elif word == "@option":
                    command = CmdOption()
                    command.session = command.caller = session
                    command.switches, command.args = [], rest
                    command.lhs, command.rhs = rest.split("=", 1)
                    command.msg = lambda text: None
                    command.func()
                elif word == "@say":
                    session.msg(text=rest)
                elif word == "@uni":
                    session.msg(text=chr(int(rest, 16)))
                elif word == "@prompt":
                    session.msg(prompt=rest)
            """;

    /**
     * A flag's effect.
     *
     * @param client who is asked
     * @param options what is set, one after the other
     * @param asks what is then typed
     * @param shows of what is looked for, what is there: {@code +} and {@code -}
     */
    private record Effect(String client, String options, String asks, String shows) {}

    /** What {@code option} sets, and what comes of it. {@code ~}: the end of a line is marked. */
    private static final List<Effect> EFFECTS =
            List.of(
                    new Effect("tintin", "", "@say |500a|n |#ff0000b", "+38;5; +38;2;"),
                    new Effect("tintin", "XTERM256=off", "@say |500a|n |#ff0000b", "-38;5; +38;2;"),
                    new Effect("tintin", "XTERM256=off", "@say |500a|n", "+\u001b[31m"),
                    new Effect(
                            "tintin", "TRUECOLOR=off", "@say |500a|n |#ff0000b", "+38;5; -38;2;"),
                    new Effect(
                            "tintin",
                            "XTERM256=off TRUECOLOR=off",
                            "@say |500a|n |#ff0000b",
                            "-38; +\u001b["),
                    new Effect("tintin", "ANSI=off XTERM256=off", "@say |500a|n |rb", "-\u001b"),
                    new Effect("tintin", "NOCOLOR=on", "@say |500a|n |rb", "-\u001b"),
                    new Effect("tintin", "SCREENREADER=on", "@say |500a|n ---- b", "-\u001b -----"),
                    new Effect("tintin", "RAW=on", "@say |500a|n", "+|500a|n"),
                    new Effect("tintin", "LOCALECHO=on", "hello there", "+hello there"),
                    new Effect("tintin", "LOCALECHO=on LOCALECHO=off", "hello", "-hello"),
                    new Effect("tintin", "ENCODING=latin-1", "@uni e4", "+\u00e4 -\u00c3"),
                    new Effect("tintin", "ENCODING=cp850", "@uni e4", "+\u0084 -\u00c3"),
                    new Effect("tintin", "ENCODING=iso8859-2", "@uni 142", "+\u00b3 -\u00c5"),
                    new Effect("tintin", "ENCODING=cp1250", "@uni 161", "+\u009a -\u00c5"),
                    new Effect("tintin", "ENCODING=cp850 ENCODING=utf-8", "@uni e4", "+\u00c3"),
                    new Effect("tintin", "NOGOAHEAD=off", "@say a", "+~"),
                    new Effect("tintin", "NOGOAHEAD=off NOGOAHEAD=on", "@say a", "-~"),
                    new Effect("tintin", "NOPROMPTGOAHEAD=off", "@prompt a", "+~"),
                    new Effect(
                            "tintin", "NOPROMPTGOAHEAD=off NOPROMPTGOAHEAD=on", "@prompt a", "-~"),
                    new Effect("mudlet", "NOPROMPTGOAHEAD=on", "@prompt a", "-~"),
                    new Effect("mudlet", "", "@say |lclook|ltwords|le & b", "+<SEND +&amp;"),
                    new Effect("mudlet", "MXP=off", "@say |lclook|ltwords|le & b", "-<SEND +& b"),
                    new Effect("tintin", "MXP=on", "@say |lclook|ltwords|le & b", "+<SEND +&amp;"),
                    new Effect("tintin", "FORCEDENDLINE=off", "@say a", "-\r\n"),
                    new Effect("tintin", "FORCEDENDLINE=off FORCEDENDLINE=on", "@say a", "+\r\n"),
                    new Effect(
                            "tintin",
                            "SCREENWIDTH=90",
                            "\u0000NAWS 120",
                            "+\"SCREENWIDTH\": {\"0\": 90} +\"AUTORESIZE\": false"),
                    new Effect("tintin", "AUTORESIZE=off", "\u0000NAWS 121", "-{\"0\": 121}"),
                    new Effect(
                            "tintin",
                            "AUTORESIZE=off AUTORESIZE=on",
                            "\u0000NAWS 122",
                            "+{\"0\": 122}"),
                    new Effect(
                            "tintin",
                            "CLIENTNAME=Me UTF-8=off INPUTDEBUG=on TERM=mine",
                            "@flags",
                            "+\"CLIENTNAME\": \"Me\" +\"UTF-8\": false +\"INPUTDEBUG\": true"
                                    + " +\"TERM\": \"mine\""),
                    new Effect(
                            "silent",
                            "NOPKEEPALIVE=off MCCP=on OOB=on",
                            "@flags",
                            "+\"NOPKEEPALIVE\": false +\"MCCP\": true +\"OOB\": true"));

    private final EvenniaGame game;
    private final int port;
    private final Map<String, Map<String, String>> evennias = new TreeMap<>();
    private final Map<Effect, String> evenniaShows = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> ours = new TreeMap<>();
    private final Map<Effect, String> weShow = new LinkedHashMap<>();

    FlagsIT() throws IOException {
        game = EvenniaGame.create();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        game.append(
                        "server/conf/settings.py",
                        "\nTELNET_PORTS = ["
                                + port
                                + "]\nTELNET_INTERFACES = ['127.0.0.1']\n"
                                + "WEBSOCKET_CLIENT_ENABLED = False\nMAX_CONNECTION_RATE = 100\n")
                .append("server/conf/inputfuncs.py", INPUTFUNCS);
    }

    @BeforeAll
    void playBoth() throws Exception {
        game.start();
        try {
            play(port, evennias, evenniaShows);
        } finally {
            game.launcher("stop");
        }
        try (Distribution portal =
                Distribution.inNewHome()
                        .set("limits.connections_per_second_per_address=0")
                        .set("limits.connections_per_address=0")) {
            portal.command(
                    "evennia",
                    "import",
                    game.folder().toString(),
                    "--python",
                    EvenniaGame.python().toString());
            portal.start();
            game.start();
            play(portal.port("telnet"), ours, weShow);
            game.launcher("stop");
        }
    }

    @AfterAll
    void end() throws IOException {
        game.close();
    }

    @Test
    void gameIsToldTheSameOfEachClient() {
        assertAll(
                CLIENTS.stream()
                        .map(
                                client ->
                                        () ->
                                                assertEquals(
                                                        different(client),
                                                        lines(ours.getOrDefault(client, Map.of())),
                                                        client)));
    }

    @TestFactory
    Stream<DynamicTest> flagThatTheGameSetsTakesEffect() {
        return EFFECTS.stream()
                .map(
                        effect ->
                                DynamicTest.dynamicTest(
                                        effect.client + " " + effect.options + " " + effect.asks,
                                        () -> {
                                            assertEquals(
                                                    effect.shows,
                                                    evenniaShows.get(effect),
                                                    "Evennia");
                                            assertEquals(
                                                    effect.shows, weShow.get(effect), "Lychgate");
                                        }));
    }

    private String different(String client) {
        Map<String, String> flags = new TreeMap<>(evennias.getOrDefault(client, Map.of()));
        flags.replaceAll((flag, value) -> DIFFERENCES.getOrDefault(client + " " + flag, value));
        return lines(flags);
    }

    private static String lines(Map<String, String> flags) {
        List<String> lines = new ArrayList<>();
        flags.forEach((flag, value) -> lines.add(flag + " " + value));
        return String.join("\n", lines);
    }

    private static void play(
            int port, Map<String, Map<String, String>> flags, Map<Effect, String> shows)
            throws InterruptedException {
        awaitGame(port);
        Map<String, TranscribedClient> clients = new LinkedHashMap<>();
        List<TranscribedClient> others = new ArrayList<>();
        try {
            for (String name : CLIENTS) {
                clients.put(name, client(name, port));
            }
            for (Effect effect : EFFECTS) {
                others.add(client(effect.client, port));
            }
            Map<String, Map<String, String>> before = new TreeMap<>();
            for (int round = 0, alike = 0; round < ROUNDS && alike < SETTLED_ROUNDS; round++) {
                Thread.sleep(ROUND_MILLIS); // what it is about is that nothing comes
                clients.forEach((name, client) -> flags.put(name, flags(client)));
                others.forEach(FlagsIT::answer);
                alike = flags.equals(before) ? alike + 1 : 0;
                before = new TreeMap<>(flags);
            }
            for (int i = 0; i < EFFECTS.size(); i++) {
                shows.put(EFFECTS.get(i), shows(EFFECTS.get(i), others.get(i)));
            }
        } finally {
            clients.values().forEach(TranscribedClient::close);
            others.forEach(TranscribedClient::close);
        }
    }

    private static TranscribedClient client(String name, int port) {
        return new TranscribedClient(TRANSCRIPTS.resolve(name + ".txt"), port);
    }

    /** Lets a client hear what it has been told, and answer. */
    private static void answer(TranscribedClient client) {
        flags(client);
    }

    private static Map<String, String> flags(TranscribedClient client) {
        client.forget();
        client.say("'@flags' CR LF");
        client.untilShown("SGALF");
        return parsed(client.shown());
    }

    /** A new game restarts itself soon after its first start; who comes then is never heard. */
    private static void awaitGame(int port) throws InterruptedException {
        int inARow = 0;
        for (int probe = 0; probe < PROBES && inARow < SETTLED_ROUNDS; probe++) {
            try (TranscribedClient client = client("silent", port)) {
                Thread.sleep(ROUND_MILLIS);
                client.say("'@flags' CR LF");
                inARow = client.isShown("SGALF", Duration.ofSeconds(2)) ? inARow + 1 : 0;
            }
        }
        assertEquals(SETTLED_ROUNDS, inARow, "the game does not answer");
    }

    /** JSON of one level, but for sizes. */
    private static Map<String, String> parsed(String shown) {
        String json = shown.substring(shown.indexOf("FLAGS {") + 7, shown.indexOf("} SGALF"));
        Map<String, String> flags = new TreeMap<>();
        for (String pair : json.split(", (?=\")", -1)) {
            int colon = pair.indexOf(": ");
            flags.put(pair.substring(1, colon - 1), pair.substring(colon + 2));
        }
        return flags;
    }

    private static String shows(Effect effect, TranscribedClient client)
            throws InterruptedException {
        for (String option : effect.options.split(" ", -1)) {
            if (!option.isEmpty()) {
                client.say("'@option " + option + "' CR LF");
            }
        }
        flags(client); // by now they have taken effect
        client.forget();
        int told = client.told().size();
        String seen;
        if (effect.asks.startsWith("\u0000NAWS ")) {
            int width = Integer.parseInt(effect.asks.substring("\u0000NAWS ".length()));
            for (int i = 0; i < 2; i++) { // Evennia tells the size before when there is a new one
                client.say(String.format("IAC SB NAWS 00 %02x 00 28 IAC SE", width));
                Thread.sleep(ROUND_MILLIS); // it must not share a packet with what comes next
            }
            flags(client);
            seen = client.shown();
        } else if (effect.asks.equals("@flags")) {
            flags(client);
            seen = client.shown();
        } else {
            client.say("'" + effect.asks + "' CR LF");
            client.say("'@say " + MARK + "' CR LF");
            client.untilShown(MARK);
            seen = client.bytes();
            seen = seen.substring(0, seen.indexOf(MARK));
            seen = seen.replaceAll("\u001b\\[0m", "").replace("\u001b[7z", "");
        }
        List<String> marks = client.told().subList(told, client.told().size());
        String all = seen + (marks.contains("IAC GA") || marks.contains("IAC EOR") ? "~" : "");
        StringBuilder shows = new StringBuilder();
        for (String looked : effect.shows.split(" (?=[+-])", -1)) {
            String what = looked.substring(1);
            shows.append(shows.isEmpty() ? "" : " ");
            shows.append(all.contains(what) ? "+" : "-").append(what);
        }
        return shows.toString();
    }
}
