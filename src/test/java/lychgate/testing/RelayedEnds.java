package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Departure;
import lychgate.testing.Parting.Leaving;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Clients of a transport whose game is at another portal read the same last words. */
public interface RelayedEnds {
    /** A client of that portal. */
    Leaving connects(RecordingPortal portal);

    /** What a client reads, with the words of the one who ended its session. */
    default void hasRead(String told) {
        assertTrue(told.contains(Parting.WORDS), told);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STOPPING")
    default void endByTheGamesPortal(Departure why) {
        hasRead(Parting.isTheSame(Parting.byTheGamesPortal(why), this::connects));
    }

    @ParameterizedTest
    @EnumSource
    default void endByItsOwnPortal(Departure why) {
        hasRead(Parting.isTheSame(Parting.byItsOwnPortal(why), this::connects));
    }

    @Test
    default void endByTheGame() {
        Parting.isTheSame(Parting.byTheGame(), this::connects);
    }
}
