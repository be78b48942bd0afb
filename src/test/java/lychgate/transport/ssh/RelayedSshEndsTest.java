package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Parting.Leaving;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RelayedEnds;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Clients of SSH whose game is at another portal get the same last words and exit status. */
final class RelayedSshEndsTest implements RelayedEnds {
    @Override
    public Leaving connects(RecordingPortal portal) {
        return Ssh.of(portal);
    }

    @Override
    public void hasRead(String told) {
        RelayedEnds.super.hasRead(told);
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
