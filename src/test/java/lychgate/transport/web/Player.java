package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.testing.SessionContract;
import lychgate.transport.web.session.CloseCodes;

/** A player of the contract, in raw frames. They read only when something is expected of them. */
final class Player implements SessionContract.Client {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;

    private final WebSocketPeer peer;
    private final boolean json;
    private final StringBuilder seen = new StringBuilder();

    /**
     * @param json whether v1 is spoken; else lines in binary messages
     */
    Player(WebSocketPeer peer, boolean json) {
        this.peer = peer;
        this.json = json;
    }

    /** One that offers a subprotocol. */
    static Player speaking(int port, String subprotocol) {
        WebSocketPeer peer =
                WebSocketPeer.asks(port, "/", "Sec-WebSocket-Protocol: " + subprotocol);
        return new Player(peer, subprotocol.startsWith("v1"));
    }

    @Override
    public void types(String line) {
        if (json) {
            peer.frame(TEXT, Json.write(CommandTuple.text(line)));
        } else {
            peer.frame(BINARY, line + "\r\n");
        }
    }

    @Override
    public void sees(String words) {
        while (seen.indexOf(words) < 0) {
            seen.append(peer.next().text());
        }
        seen.delete(0, seen.indexOf(words) + words.length());
    }

    @Override
    public void stopsReading() {}

    @Override
    public void readsOn() {}

    @Override
    public void sendsNoMore() {
        peer.frame(CLOSE, new byte[] {3, (byte) 0xe8});
    }

    @Override
    public void isGone() {
        peer.reset();
    }

    @Override
    public void seesTheEnd() {
        assertEquals(CloseCodes.OVER, peer.closeCode());
    }
}
