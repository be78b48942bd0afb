package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.session.Departure;
import lychgate.session.Fact;

import java.util.function.Function;

/**
 * What clients are told at the end of their sessions, compared between a game at their own portal
 * and one at another portal.
 */
public final class Parting {
    /** Said by the game before the end. */
    public static final String BEFORE = "It grows dark.";

    /** Said at the end. */
    public static final String WORDS = "Farewell |anna!";

    private static final int WIDTH = 77;

    private Parting() {}

    /** A client of a portal. */
    public interface Leaving extends AutoCloseable {
        /** Reads to the end: all that it is told, with the code or status that goes with it. */
        String reads();

        @Override
        void close();
    }

    /** Ends the session of a client. */
    public interface End {
        /**
         * Ends it.
         *
         * @param door the portal to which it is connected
         * @param game the portal whose game it meets
         */
        void of(RecordingPortal door, RecordingPortal game);
    }

    /** The portal of the game ends it, as by an operator's order there, or by a limit. */
    public static End byTheGamesPortal(Departure why) {
        return (_, game) -> game.ends(1, WORDS, why);
    }

    /** The portal of the client ends it. */
    public static End byItsOwnPortal(Departure why) {
        return (door, _) -> door.ends(1, WORDS, why);
    }

    /** The game ends it. */
    public static End byTheGame() {
        return (_, game) -> game.game().disconnect(1, WORDS);
    }

    /**
     * The client is told the same whether its game is at its own portal or at another.
     *
     * @param clients connects a client
     * @return what it is told
     */
    public static String isTheSame(End end, Function<RecordingPortal, Leaving> clients) {
        String near;
        try (RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY)) {
            near = ended(portal, portal, end, clients);
        }
        try (RecordingPortal game = new RecordingPortal(RecordingPortal.ROOMY);
                EdgePortal edge = new EdgePortal(game)) {
            assertEquals(near, ended(edge.portal(), game, end, clients));
            Await.equal(0, game::places);
            Await.equal(0, edge.portal()::places);
            assertEquals(1, game.game().told("disconnected:").size());
        }
        return near;
    }

    private static String ended(
            RecordingPortal door,
            RecordingPortal game,
            End end,
            Function<RecordingPortal, Leaving> clients) {
        try (Leaving client = clients.apply(door)) {
            Await.equal(1, () -> game.game().told("connected").size());
            game.game().text(1, BEFORE);
            game.game().says(1, ClientFacts.NONE.with(Fact.WIDTH, WIDTH, "game"));
            game.game().portal().turnEnds();
            Await.equal(WIDTH, () -> door.facts(1).get(Fact.WIDTH, 0)); // and the text before it
            end.of(door, game);
            return client.reads();
        }
    }
}
