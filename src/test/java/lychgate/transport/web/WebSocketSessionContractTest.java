package lychgate.transport.web;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

/** A session over a WebSocket is like any other: v1. */
public final class WebSocketSessionContractTest implements SessionContract {

    @Override
    public Service listens(RecordingPortal portal) {
        return WebSockets.listening(portal, port -> Player.speaking(port, "v1.evennia.com"));
    }
}
