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
        Room beyond = player.room().beyond(direction);
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
}
