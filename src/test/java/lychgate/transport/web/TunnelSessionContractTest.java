package lychgate.transport.web;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

/** The contract, for telnet inside a WebSocket: a client that answers no offer. */
final class TunnelSessionContractTest implements SessionContract {

    @Override
    public Service listens(RecordingPortal portal) {
        return WebSockets.listening(portal, port -> Player.speaking(port, "binary"));
    }
}
