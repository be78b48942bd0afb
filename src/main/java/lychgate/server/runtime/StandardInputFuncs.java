package lychgate.server.runtime;

import lychgate.oob.Json;
import lychgate.server.Game;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.session.CharacterSetNames;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.Values;
import lychgate.session.Weight;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The built-in inputfuncs. A game may replace any of them. */
final class StandardInputFuncs {
    private static final String SOURCE = "client_options";
    private static final List<String> MSDP_COMMANDS =
            List.of("LIST", "REPORT", "RESET", "SEND", "UNREPORT");
    private static final List<String> MSDP_LISTS =
            List.of(
                    "COMMANDS",
                    "LISTS",
                    "CONFIGURABLE_VARIABLES",
                    "REPORTABLE_VARIABLES",
                    "REPORTED_VARIABLES",
                    "SENDABLE_VARIABLES");
    private static final List<String> MSDP_CONFIGURABLE = List.of("CLIENT_NAME", "CLIENT_VERSION");

    private final InputFuncs table;
    private final Meters meters;
    private final Game game;
    private final Variables variables;
    private final Repeats repeats;

    StandardInputFuncs(
            InputFuncs table, Game game, Variables variables, Repeats repeats, Meters meters) {
        this.table = table;
        this.meters = meters;
        this.game = game;
        this.variables = variables;
        this.repeats = repeats;
    }

    /** Registers them. */
    void register() {
        table.put(CommandTuple.TEXT, "A line that the player typed.", this::text);
        table.put(InputFuncs.DEFAULT, "What no other inputfunc handles.", this::otherwise);
        table.put("echo", "Answers with what it was given.", this::echo);
        table.put("ping", "Answers ping.", (session, _) -> session.msg(Message.oob("ping")));
        for (String name : List.of(SOURCE, "hello", "supports_set")) {
            table.put(name, "Tells of the client, or asks what is known of it.", this::options);
        }
        table.put(
                "get_client_options",
                "Asks what is known of the client.",
                (session, _) -> sendOptions(session));
        table.put("get_inputfuncs", "Lists the inputfuncs.", this::inputFuncs);
        table.put("login", "Logs in: name, password.", this::login);
        table.put("get_value", "Asks for a value by its name.", this::getValue);
        table.put("repeat", "Has something repeated: callback, interval.", this::repeat);
        table.put("unrepeat", "Ends a repetition: callback.", this::unrepeat);
        table.put("monitor", "Tells whenever a value changes: name.", this::monitor);
        table.put("unmonitor", "Tells no more of a value: name.", this::unmonitor);
        table.put("monitored", "Lists what is monitored.", this::monitored);
        table.put("webclient_options", "Keeps or gives the web client's settings.", this::web);
        table.put("msdp_list", "MSDP LIST.", this::msdpList);
        table.put("msdp_report", "MSDP REPORT.", this::msdpReport);
        table.put("msdp_unreport", "MSDP UNREPORT.", this::msdpUnreport);
        table.put("msdp_send", "MSDP SEND.", this::msdpSend);
        table.put("msdp_reset", "MSDP RESET.", this::msdpReset);
        table.put("external_discord_hello", "Mudlet greets Discord.", (_, _) -> {});
    }

    private void text(ServerSession session, CommandTuple input) {
        game.text(session, new PlayerText(Values.text(input.argument(0))));
    }

    private void otherwise(ServerSession session, CommandTuple input) {
        if (session.client().is(Fact.INPUTDEBUG)) {
            session.msg(Markup.of("Nobody knows the input {}.", Json.write(input)));
        }
    }

    private void echo(ServerSession session, CommandTuple input) {
        session.msg(
                Markup.of(
                        "Echo returns: {}, {}",
                        Json.write(input.args()),
                        Json.write(input.kwargs())));
    }

    private void options(ServerSession session, CommandTuple input) {
        input.kwargs().forEach((key, value) -> learn(session, key.toLowerCase(Locale.ROOT), value));
        boolean asked = input.kwargs().isEmpty() || Values.truth(input.kwargs().get("get"));
        if (input.args().isEmpty() && asked) {
            sendOptions(session);
        }
    }

    private static void learn(ServerSession session, String key, @Nullable Object value) {
        switch (key) {
            case "client" -> learnText(session, Fact.CLIENT, value);
            case "version" -> learnText(session, Fact.VERSION, value);
            case "screenwidth" -> learnSize(session, Fact.WIDTH, value);
            case "screenheight" -> learnSize(session, Fact.HEIGHT, value);
            case "truecolor" -> learnColours(session, ColourDepth.TRUECOLOR, value);
            case "xterm256" -> learnColours(session, ColourDepth.XTERM256, value);
            case "ansi" -> learnColours(session, ColourDepth.ANSI, value);
            case "encoding" -> learnCharset(session, value);
            case "mxp" -> session.learned(Fact.MXP, Values.truth(value), SOURCE);
            case "nogoahead" -> session.learned(Fact.NOGOAHEAD, Values.truth(value), SOURCE);
            case "nopromptgoahead" ->
                    session.learned(Fact.NOPROMPTGOAHEAD, Values.truth(value), SOURCE);
            case "nopkeepalive" -> session.learned(Fact.NOPKEEPALIVE, Values.truth(value), SOURCE);
            case "forcedendline" ->
                    session.learned(Fact.FORCEDENDLINE, Values.truth(value), SOURCE);
            case "autoresize" -> session.learned(Fact.AUTORESIZE, Values.truth(value), SOURCE);
            case "utf-8" -> session.learned(Fact.UTF8, Values.truth(value), SOURCE);
            case "screenreader" -> session.learned(Fact.SCREENREADER, Values.truth(value), SOURCE);
            case "nocolor" -> session.learned(Fact.NOCOLOR, Values.truth(value), SOURCE);
            case "raw" -> session.learned(Fact.RAW, Values.truth(value), SOURCE);
            case "localecho" -> session.learned(Fact.LOCALECHO, Values.truth(value), SOURCE);
            case "inputdebug" -> session.learned(Fact.INPUTDEBUG, Values.truth(value), SOURCE);
            default -> {} // clients send keys of their own: ignored
        }
    }

    private static void learnText(
            ServerSession session, Fact<String> fact, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank() && text.length() <= MAX_TEXT) {
            session.learned(fact, text.strip(), SOURCE);
        }
    }

    private static void learnCharset(ServerSession session, @Nullable Object value) {
        String name = Values.text(value);
        Charset charset = CharacterSetNames.named(name);
        if (charset != null) {
            session.learned(Fact.CHARSET, charset.name(), SOURCE);
        } else {
            String cut = name.length() > MAX_TEXT ? name.substring(0, MAX_TEXT) : name;
            String now = session.client().get(Fact.CHARSET, "UTF-8");
            session.msg(
                    Markup.of("There is no character set {} here; yours is still {}.", cut, now));
        }
    }

    /** Longest name or version of a client that is kept. */
    private static final int MAX_TEXT = 128;

    /** Columns or rows of the largest window: telnet uses two bytes. */
    private static final int MAX_SIZE = 65_535;

    private static void learnSize(
            ServerSession session, Fact<Integer> fact, @Nullable Object value) {
        Integer size = Values.integer(value);
        if (size != null && size > 0) {
            session.learned(fact, Math.min(size, MAX_SIZE), SOURCE);
        }
    }

    private static void learnColours(
            ServerSession session, ColourDepth depth, @Nullable Object value) {
        ColourDepth now = session.client().colours();
        boolean numbers = depth == ColourDepth.XTERM256;
        if (Values.truth(value)) {
            if (!now.covers(depth)) {
                session.learned(Fact.COLOURS, depth, SOURCE);
            }
            if (numbers && !session.client().get(Fact.XTERM256, true)) {
                session.learned(Fact.XTERM256, true, SOURCE);
            }
        } else if (numbers && now == ColourDepth.TRUECOLOR) {
            session.learned(Fact.XTERM256, false, SOURCE); // 24-bit colour has a flag of its own
        } else if (now.covers(depth)) {
            session.learned(Fact.COLOURS, depth.lower(), SOURCE);
        }
    }

    private static void sendOptions(ServerSession session) {
        Message options = Message.oob(SOURCE);
        for (var known : session.client().all()) {
            Object value = known.value();
            options =
                    options.kwarg(
                            known.fact().name(),
                            value instanceof ColourDepth depth ? depth.toString() : value);
        }
        session.msg(options);
    }

    private void inputFuncs(ServerSession session, CommandTuple input) {
        Message list = Message.oob("get_inputfuncs");
        for (Map.Entry<String, String> func : table.descriptions().entrySet()) {
            list = list.kwarg(func.getKey(), func.getValue());
        }
        session.msg(list);
    }

    private void login(ServerSession session, CommandTuple input) {
        String name = Values.text(value(input, 0, "name"));
        String password = Values.text(value(input, 1, "password"));
        if (!name.isEmpty() && !session.loggedIn()) {
            game.login(session, name, new Secret(password));
        }
    }

    private void getValue(ServerSession session, CommandTuple input) {
        String name = Values.text(value(input, 0, "name"));
        String canonical = variables.canonical(name);
        session.msg(
                Message.oob("get_value")
                        .kwarg("name", canonical == null ? name : canonical)
                        .kwarg("value", variables.value(session, name)));
    }

    private void repeat(ServerSession session, CommandTuple input) {
        String name = Values.text(value(input, 0, "callback"));
        Integer seconds = Values.integer(value(input, 1, "interval"));
        if (Values.truth(input.kwargs().get("stop"))) {
            unrepeat(session, input);
            return;
        }
        int interval = seconds == null ? Repeats.DEFAULT_SECONDS : seconds;
        switch (repeats.start(own(session), name, interval)) {
            case STARTED -> {}
            case UNKNOWN ->
                    session.msg(
                            Message.oob("repeat").arg("There is nothing of that name to repeat."));
            case TOO_MANY -> {
                meters.refused("repeats");
                session.msg(Message.oob("repeat").arg("Too much is being repeated already."));
            }
        }
    }

    /** Inputfuncs are only called with sessions of the runtime. */
    private static GameSession own(ServerSession session) {
        return (GameSession) session;
    }

    private void unrepeat(ServerSession session, CommandTuple input) {
        repeats.stop(own(session), Values.text(value(input, 0, "callback")));
    }

    private void monitor(ServerSession session, CommandTuple input) {
        if (Values.truth(input.kwargs().get("stop"))) {
            unmonitor(session, input);
        } else {
            for (String name : names(input)) {
                if (!variables.monitor(own(session), name)) {
                    meters.refused("watched");
                }
            }
        }
    }

    private void unmonitor(ServerSession session, CommandTuple input) {
        names(input).forEach(name -> variables.unmonitor(own(session), name));
    }

    private void monitored(ServerSession session, CommandTuple input) {
        session.msg(Message.oob("monitored").args(variables.monitored(own(session)).toArray()));
    }

    private void web(ServerSession session, CommandTuple input) {
        Object kept = session.data("webclient_options");
        Map<String, @Nullable Object> settings =
                new LinkedHashMap<>(kept instanceof Map<?, ?> map ? Values.table(map) : Map.of());
        if (!input.kwargs().isEmpty()) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(settings);
            changed.putAll(input.kwargs());
            if (depth(changed) <= MAX_SETTINGS_DEPTH && Weight.of(changed) <= MAX_SETTINGS) {
                settings = changed;
                session.data("webclient_options", settings);
            } else {
                meters.refused("webclient_options");
            }
        }
        Message answer = Message.oob("webclient_options");
        for (Map.Entry<String, @Nullable Object> setting : settings.entrySet()) {
            answer = answer.kwarg(setting.getKey(), setting.getValue());
        }
        session.msg(answer);
    }

    /** Most bytes of a web client's settings in memory; larger ones are rejected. */
    private static final int MAX_SETTINGS = 16 * 1024;

    /** Deepest nesting of a web client's settings; deeper ones are rejected. */
    private static final int MAX_SETTINGS_DEPTH = 16;

    private static int depth(@Nullable Object value) {
        return switch (value) {
            case List<?> items -> 1 + depthOf(items);
            case Map<?, ?> entries -> 1 + depthOf(entries.values());
            case null, default -> 0;
        };
    }

    private static int depthOf(Collection<?> items) {
        return items.stream().mapToInt(item -> depth(item)).max().orElse(0);
    }

    private void msdpList(ServerSession session, CommandTuple input) {
        for (String name : distinct(input.names())) {
            String list = name.toUpperCase(Locale.ROOT);
            List<String> items =
                    switch (list) {
                        case "COMMANDS" -> MSDP_COMMANDS;
                        case "LISTS" -> MSDP_LISTS;
                        case "CONFIGURABLE_VARIABLES" -> MSDP_CONFIGURABLE;
                        case "REPORTABLE_VARIABLES", "SENDABLE_VARIABLES" -> variables.names();
                        case "REPORTED_VARIABLES" -> variables.reported(own(session));
                        default -> null;
                    };
            if (items != null) {
                session.msg(Message.oob(list).args(items.toArray()));
            }
        }
    }

    private void msdpReport(ServerSession session, CommandTuple input) {
        for (String name : distinct(input.names())) {
            if (!variables.report(own(session), name)) {
                meters.refused("watched");
            }
        }
    }

    private void msdpUnreport(ServerSession session, CommandTuple input) {
        input.names().forEach(name -> variables.unreport(own(session), name));
    }

    private void msdpSend(ServerSession session, CommandTuple input) {
        distinct(input.names()).forEach(name -> variables.send(session, name));
    }

    private void msdpReset(ServerSession session, CommandTuple input) {
        for (String name : input.names()) {
            if (name.equalsIgnoreCase("REPORTED_VARIABLES")
                    || name.equalsIgnoreCase("REPORTABLE_VARIABLES")) {
                variables.unreportAll(own(session));
            }
        }
    }

    /** An argument by position or name. */
    private static @Nullable Object value(CommandTuple input, int place, String key) {
        Object named = input.kwargs().get(key);
        return named == null ? input.argument(place) : named;
    }

    private List<String> names(CommandTuple input) {
        Object named = input.kwargs().get("name");
        return named == null ? distinct(input.names()) : List.of(Values.text(named));
    }

    /**
     * Distinct names, and not too many: one message must not request the same value ten thousand
     * times.
     */
    private List<String> distinct(List<String> names) {
        Set<String> distinct = new LinkedHashSet<>(names);
        if (distinct.size() > MAX_NAMES) {
            meters.refused("names");
        }
        return distinct.stream().limit(MAX_NAMES).toList();
    }

    /** Most names of variables and lists processed per message. */
    private static final int MAX_NAMES = 256;
}
