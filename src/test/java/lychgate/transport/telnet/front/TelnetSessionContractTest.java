package lychgate.transport.telnet.front;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;
import lychgate.testing.TelnetPeer;

public final class TelnetSessionContractTest implements SessionContract {
    @Override
    public Service listens(RecordingPortal portal) {
        return new Telnet(ListeningTelnet.plain(portal));
    }

    /** The session contract over telnet, with and without TLS. */
    record Telnet(ListeningTelnet listening) implements Service {
        @Override
        public Client connects() {
            return new Player(listening.slowPeer());
        }

        @Override
        public void close() {
            listening.close();
        }
    }

    /** It reads only when something is expected of it. */
    record Player(TelnetPeer peer) implements Client {
        @Override
        public void types(String line) {
            peer.types(line);
        }

        @Override
        public void sees(String words) {
            peer.skipsTo("'" + words + "'");
        }

        @Override
        public void stopsReading() {}

        @Override
        public void readsOn() {}

        @Override
        public void sendsNoMore() {
            peer.halfCloses();
        }

        @Override
        public void isGone() {
            peer.resets();
        }

        @Override
        public void seesTheEnd() {
            peer.rest();
        }
    }
}
