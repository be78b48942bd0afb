package lychgate.transport.telnet.front;

import lychgate.testing.Parting.Leaving;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RelayedEnds;
import lychgate.testing.TelnetPeer;

/** Clients of telnet whose game is at another portal read the same last words, byte for byte. */
final class RelayedTelnetEndsTest implements RelayedEnds {
    @Override
    public Leaving connects(RecordingPortal portal) {
        return Telnet.of(portal);
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
