package lychgate.demo;

import lychgate.text.Markup;

import java.util.function.Consumer;

/** Looking around, and walking. */
final class WalkCommands {
    private static final int TIRING = -3;

    private final Gatehouse game;

    WalkCommands(Gatehouse game) {
        this.game = game;
    }

    void register(Consumer<Command> add) {
        add.accept(new Command("look", "shows where you are", (actor, _) -> game.show(actor)));
        for (Room.Direction way : Room.Direction.values()) {
            add.accept(
                    new Command(
                            way.word(),
                            way.word().substring(0, 1),
                            "goes there",
                            (actor, _) -> walk(actor, way)));
        }
    }

    private void walk(Actor actor, Room.Direction direction) {
        Player player = actor.player();
        if (game.farGate().leadsAway(player.room(), direction)) {
            leave(actor, direction);
            return;
        }
        Room beyond = game.farGate().exits(player.room()).get(direction);
        if (beyond == null) {
            actor.session().msg(Markup.of("There is no way {} of here.", direction.word()));
            return;
        }
        game.tellOthers(player, Markup.of("{} goes {}.", player.name(), direction.word()));
        player.moveTo(beyond);
        player.changeHealth(TIRING);
        game.tellOthers(player, Markup.of("{} comes along.", player.name()));
        player.sessions().forEach(session -> game.show(new Actor(player, session)));
    }

    /** Through the gate to another game: one session of the player goes, others stay behind. */
    private void leave(Actor actor, Room.Direction direction) {
        Player player = actor.player();
        boolean alone = player.sessions().size() == 1;
        if (!actor.session().move(game.farGate().shard())) {
            actor.session().msg("The gate does not move. You came another way than this one.");
        } else if (alone) {
            game.tellOthers(
                    player,
                    Markup.of("{} goes {}, into the mist.", player.name(), direction.word()));
        }
    }
}
