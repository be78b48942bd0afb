package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Departure;
import lychgate.testing.Parting;
import lychgate.testing.Parting.Leaving;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Clients of telnet whose game is at another portal read the same last words, byte for byte. */
class RelayedTelnetEndsTest {
    private static final String LAST = Parting.WORDS;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STOPPING")
    void endByTheGamesPortal(Departure why) {
        readsTheLastWords(Parting.byTheGamesPortal(why));
    }

    @ParameterizedTest
    @EnumSource
    void endByItsOwnPortal(Departure why) {
        readsTheLastWords(Parting.byItsOwnPortal(why));
    }

    @Test
    void endByTheGame() {
        Parting.isTheSame(Parting.byTheGame(), Telnet::of);
    }

    private static void readsTheLastWords(Parting.End end) {
        String told = Parting.isTheSame(end, Telnet::of);
        assertTrue(told.contains(LAST), told);
    }

    private record Telnet(ListeningTelnet listening, TelnetPeer peer) implements Leaving {
        static Telnet of(RecordingPortal portal) {
            ListeningTelnet listening = ListeningTelnet.plain(portal);
            return new Telnet(listening, listening.peer());
        }

        @Override
        public String reads() {
            return peer.rest();
        }

        @Override
        public void close() {
            listening.close();
        }
    }
}
