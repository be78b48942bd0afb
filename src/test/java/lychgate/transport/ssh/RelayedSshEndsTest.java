package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Departure;
import lychgate.testing.Parting;
import lychgate.testing.Parting.Leaving;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Clients of SSH whose game is at another portal get the same last words and exit status. */
class RelayedSshEndsTest {
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
        Parting.isTheSame(Parting.byTheGame(), Ssh::of);
    }

    private static void readsTheLastWords(Parting.End end) {
        String told = Parting.isTheSame(end, Ssh::of);
        assertTrue(told.contains(Parting.WORDS), told);
        assertTrue(told.endsWith(" exit 0"), told);
    }

    private record Ssh(ListeningSsh listening, SshPeer peer) implements Leaving {
        static Ssh of(RecordingPortal portal) {
            ListeningSsh listening = new ListeningSsh(portal, true);
            try {
                return new Ssh(listening, listening.peer("rowan").authenticates().opensPipe());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String reads() {
            Integer status = peer.exit();
            return peer.seen() + " exit " + status;
        }

        @Override
        public void close() {
            listening.close();
        }
    }
}
