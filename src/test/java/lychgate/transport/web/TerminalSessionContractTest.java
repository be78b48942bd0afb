package lychgate.transport.web;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

/** The contract, where text comes in binary messages. */
final class TerminalSessionContractTest implements SessionContract {

    @Override
    public Service listens(RecordingPortal portal) {
        return WebSockets.listening(
                portal, port -> Player.speaking(port, "terminal.mudstandards.org"));
    }
}
