package lychgate.demo;

import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.text.Markup;
import lychgate.text.PlayerText;
import lychgate.text.Table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Talking to others, and listing who is there. */
final class TalkCommands {
    static final Markup GOODBYE = Markup.of("The lantern swings behind you. Farewell!");

    /** Players that {@code who} lists: nobody could read a list of thousands, and it is costly. */
    static final int MAX_LISTED = 200;

    private final Gatehouse game;

    TalkCommands(Gatehouse game) {
        this.game = game;
    }

    void register(Consumer<Command> add) {
        add.accept(new Command("say TEXT", "says it to everybody in the room", this::say));
        add.accept(new Command("pose TEXT", "does it: |wpose bows|n", this::pose));
        add.accept(new Command("tell NAME TEXT", "says it to one person alone", this::tell));
        add.accept(new Command("shout TEXT", "says it to everybody everywhere", this::shout));
        add.accept(
                new Command("who", "says who is here", (actor, _) -> who(game, actor.session())));
        add.accept(new Command("help", "shows this", this::help));
        add.accept(new Command("quit", "leaves", (actor, _) -> game.leave(actor)));
    }

    static void who(Gatehouse game, ServerSession session) {
        List<Markup> lines = new ArrayList<>();
        List<Player> listed = game.players().stream().limit(MAX_LISTED).toList();
        for (Player player : listed) {
            ServerSession first = player.sessions().getFirst();
            lines.add(
                    Markup.of(
                            "|w{}|n, here for {}, over {}{}",
                            player.name(),
                            since(first.connected()),
                            first.transport(),
                            player.sessions().stream().allMatch(ServerSession::away)
                                    ? " (away)"
                                    : ""));
        }
        int more = game.players().size() - listed.size();
        if (more > 0) {
            lines.add(Markup.of("... and {} more.", more));
        }
        lines.add(
                switch (game.players().size()) {
                    case 0 -> Markup.of("Nobody is here.");
                    case 1 -> Markup.of("One person is here.");
                    default -> Markup.of("{} people are here.", game.players().size());
                });
        session.msg(Markup.join("\n", lines));
    }

    private void say(Actor actor, PlayerText words) {
        if (something(actor, words)) {
            actor.session().msg(talk("say", Markup.of("You say, \"{}\"", words)));
            Markup said = Markup.of("{} says, \"{}\"", actor.player().name(), words);
            game.tellOthers(actor.player(), talk("say", said));
        }
    }

    private void pose(Actor actor, PlayerText words) {
        if (something(actor, words)) {
            Message pose = talk("pose", Markup.of("{} {}", actor.player().name(), words));
            actor.session().msg(pose);
            game.tellOthers(actor.player(), pose);
        }
    }

    private void tell(Actor actor, PlayerText rest) {
        Player other = game.named(rest.firstWord());
        PlayerText words = rest.rest();
        if (other == null) {
            actor.session().msg(Markup.of("There is nobody called {}.", rest.firstWord()));
        } else if (something(actor, words)) {
            String from = actor.player().name();
            other.msg(talk("tell", Markup.of("|c{} tells you, \"{}\"|n", from, words)));
            Markup told = Markup.of("|cYou tell {}, \"{}\"|n", other.name(), words);
            actor.session().msg(talk("tell", told));
        }
    }

    private void shout(Actor actor, PlayerText words) {
        if (something(actor, words)) {
            Message shout = talk("shout", Markup.of("{} shouts: {}", actor.player().name(), words));
            game.players().forEach(player -> player.msg(shout));
        }
    }

    private void help(Actor actor, PlayerText rest) {
        Table table = Table.of();
        for (Command command : game.commands()) {
            table.row(Markup.of("|w{}|n", command.usage()), Markup.trusted(command.help()));
        }
        actor.session().msg(table);
    }

    /** Words with their kind, by which clients sort them: Evennia's {@code type}. */
    private static Message talk(String type, Markup words) {
        return Message.text(words).kwarg("type", type);
    }

    private static boolean something(Actor actor, PlayerText words) {
        if (words.isBlank()) {
            actor.session().msg("Yes, but what?");
        }
        return !words.isBlank();
    }

    private static String since(Instant then) {
        Duration time = Duration.between(then, Instant.now());
        return time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
