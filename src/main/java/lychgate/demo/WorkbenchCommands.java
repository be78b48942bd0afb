package lychgate.demo;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Values;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Tools for people who write clients: what is known of the client, what it sends, and how it
 * displays what it receives.
 */
final class WorkbenchCommands {
    private static final int MAX_LINES = 100_000;
    private static final int DEFAULT_BYTES = 40;
    private static final int MAX_BYTES = 10_000;

    private final Gatehouse game;

    WorkbenchCommands(Gatehouse game) {
        this.game = game;
    }

    void register(Consumer<Command> add) {
        add.accept(new Command("options", "shows what is known of your client", this::options));
        add.accept(new Command("sessions", "lists your connections", this::sessions));
        add.accept(new Command("colour", "shows all colours", this::colour));
        add.accept(new Command("echo TEXT", "says it back as you typed it", this::echo));
        add.accept(
                new Command("render TEXT", "says it back as the game's own words", this::render));
        add.accept(new Command("lines N [BYTES]", "sends N lines", this::lines));
        add.accept(
                new Command(
                        "oob NAME [ARGS [KWARGS]]",
                        "sends a command; ARGS and KWARGS are JSON",
                        this::oob));
        add.accept(
                new Command("received", "shows what your client sent out-of-band", this::received));
        add.accept(new Command("prompt TEXT|off", "changes your prompt", this::prompt));
        add.accept(new Command("link URL TEXT", "shows a link to a page", this::link));
        add.accept(
                new Command("sendlink COMMAND TEXT", "shows a link to a command", this::sendlink));
        add.accept(
                new Command(
                        "fault",
                        "fails on purpose",
                        (_, _) -> {
                            throw new IllegalStateException("a player asked for it");
                        }));
    }

    private void options(Actor actor, PlayerText rest) {
        ServerSession session = actor.session();
        ClientFacts known =
                ClientFacts.NONE
                        .with(Fact.WIDTH, ClientFacts.DEFAULT_WIDTH, "default")
                        .with(Fact.HEIGHT, ClientFacts.DEFAULT_HEIGHT, "default")
                        .with(Fact.CLIENT, "unknown", "default")
                        .with(Fact.VERSION, "unknown", "default")
                        .with(Fact.TERMINAL, "unknown", "default")
                        .with(Fact.CHARSET, "UTF-8", "default")
                        .with(Fact.COLOURS, ClientFacts.NONE.colours(), "default")
                        .with(Fact.ADDRESS, session.address(), "connection")
                        .with(session.client());
        List<Markup> lines = new ArrayList<>();
        known.all().forEach(fact -> lines.add(Markup.literal(fact.toString())));
        lines.add(Markup.of("transport: {} (connection)", session.transport()));
        session.msg(Markup.join("\n", lines));
    }

    private void sessions(Actor actor, PlayerText rest) {
        List<Markup> lines = new ArrayList<>();
        for (ServerSession each : actor.player().sessions()) {
            lines.add(
                    Markup.of(
                            "{} {} {}{}",
                            each.id(),
                            each.transport(),
                            each.address(),
                            each.equals(actor.session()) ? " (this one)" : ""));
        }
        actor.session().msg(Markup.join("\n", lines));
    }

    private void colour(Actor actor, PlayerText rest) {
        StringBuilder palette = new StringBuilder("|wThe sixteen|n\n");
        for (char c : "xrgybmcw".toCharArray()) {
            palette.append('|').append(c).append(" ||").append(c);
            char dark = Character.toUpperCase(c);
            palette.append(" |").append(dark).append("||").append(dark).append("|n");
        }
        palette.append("\n|wThe cube|n\n");
        for (int green = 0; green < 6; green++) {
            for (int red = 0; red < 6; red++) {
                for (int blue = 0; blue < 6; blue++) {
                    palette.append("|[").append(red).append(green).append(blue).append("  ");
                }
                palette.append("|n ");
            }
            palette.append("\n");
        }
        palette.append("|wThe greys|n\n");
        for (char c = 'a'; c <= 'z'; c++) {
            palette.append("|[=").append(c).append("  ");
        }
        palette.append("|n\n|wAll of them|n\n");
        for (int step = 0; step < 64; step++) {
            palette.append(
                    String.format(
                            "|[#%02x%02x%02x ",
                            4 * step, 255 - 4 * step, Math.abs(128 - 4 * step)));
        }
        actor.session().msg(Markup.trusted(palette.append("|n").toString()));
    }

    private void echo(Actor actor, PlayerText text) {
        actor.session().msg(Markup.of("{}", text));
    }

    private void render(Actor actor, PlayerText text) {
        actor.session().msg(Markup.trusted(text.typed()));
    }

    private void lines(Actor actor, PlayerText rest) {
        Integer count = Values.integer(rest.firstWord());
        String second = rest.rest().firstWord();
        Integer bytes = second.isEmpty() ? Integer.valueOf(DEFAULT_BYTES) : Values.integer(second);
        if (count == null
                || bytes == null
                || count < 1
                || count > MAX_LINES
                || bytes < 1
                || bytes > MAX_BYTES) {
            actor.session()
                    .msg(
                            Markup.of(
                                    "How many? |wlines N BYTES|n: up to {} lines of up to {}"
                                            + " bytes.",
                                    MAX_LINES,
                                    MAX_BYTES));
            return;
        }
        int length = bytes;
        Iterator<Message> lines =
                IntStream.rangeClosed(1, count)
                        .mapToObj(n -> Message.text(Markup.literal(line(n, length))))
                        .iterator();
        actor.session().stream(lines);
    }

    private static String line(int number, int length) {
        String start = number + " ";
        return start.length() > length
                ? Integer.toString(number)
                : start + "x".repeat(length - start.length());
    }

    private void oob(Actor actor, PlayerText rest) {
        try {
            List<@Nullable Object> values = Json.sequence(rest.rest().typed(), 2);
            Object args = values.isEmpty() ? List.of() : values.get(0);
            Object kwargs = values.size() < 2 ? Map.of() : values.get(1);
            if (!rest.firstWord().isEmpty()
                    && args instanceof List<?> list
                    && kwargs instanceof Map<?, ?> table) {
                actor.session()
                        .msg(
                                Message.of(
                                        new CommandTuple(
                                                rest.firstWord(),
                                                Values.list(list),
                                                Values.table(table))));
                return;
            }
        } catch (MalformedException e) {
            // reported below
        }
        actor.session().msg("Usage: |woob foo_bar [\"a\",1] {{\"k\":\"v\"}|n, with complete JSON.");
    }

    private void received(Actor actor, PlayerText rest) {
        List<Markup> lines = new ArrayList<>();
        for (String command : game.received(actor.session())) {
            lines.add(Markup.literal(command));
        }
        actor.session().msg(lines.isEmpty() ? Markup.of("Nothing yet.") : Markup.join("\n", lines));
    }

    private void prompt(Actor actor, PlayerText words) {
        if (words.isBlank()) {
            actor.session().msg("Which prompt? |wprompt TEXT|n, or |wprompt off|n.");
        } else {
            boolean off = words.typed().strip().equals("off");
            game.setPrompt(actor.session(), off ? "" : words.typed());
        }
    }

    private void link(Actor actor, PlayerText rest) {
        PlayerText words = rest.rest();
        actor.session()
                .msg(
                        rest.isBlank()
                                ? Markup.of("Where to? |wlink URL TEXT|n.")
                                : Markup.of("|lu{}|lt{}|le", rest.firstWord(), words));
    }

    private void sendlink(Actor actor, PlayerText rest) {
        PlayerText words = rest.rest();
        actor.session()
                .msg(
                        rest.isBlank()
                                ? Markup.of("To do what? |wsendlink COMMAND TEXT|n.")
                                : Markup.of(
                                        "|lc{}|lt{}|le",
                                        rest.firstWord(),
                                        words.isBlank()
                                                ? new PlayerText(rest.firstWord())
                                                : words));
    }
}
