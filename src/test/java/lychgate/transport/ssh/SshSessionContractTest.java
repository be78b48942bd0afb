package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

import java.io.IOException;
import java.io.UncheckedIOException;

public final class SshSessionContractTest implements SessionContract {
    @Override
    public Service listens(RecordingPortal portal) {
        ListeningSsh listening = new ListeningSsh(portal, true);
        return new Service() {
            @Override
            public Client connects() {
                try {
                    return new Player(listening.peer("rowan").authenticates().opensPipe());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() {
                listening.close();
            }
        };
    }

    private record Player(SshPeer peer) implements Client {
        @Override
        public void types(String line) {
            try {
                peer.types(line + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void sees(String words) {
            peer.sees(words);
        }

        @Override
        public void stopsReading() {
            peer.session().getIoSession().suspendRead();
        }

        @Override
        public void readsOn() {
            peer.session().getIoSession().resumeRead();
        }

        @Override
        public void sendsNoMore() {
            try {
                peer.endsInput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void isGone() {
            peer.session().getIoSession().close(true);
        }

        @Override
        public void seesTheEnd() {
            assertEquals(0, peer.exit());
        }
    }
}
