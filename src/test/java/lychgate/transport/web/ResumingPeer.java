package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Values;

import java.util.List;
import java.util.Map;

/** A client of v1 that may come back. */
final class ResumingPeer implements AutoCloseable {
    private final int port;
    private final WebSocketPeer peer;
    private String token = "";
    private String epoch = "";

    ResumingPeer(int port) {
        this.port = port;
        this.peer = WebSocketPeer.asks(port, "/ws", "Sec-WebSocket-Protocol: v1.evennia.com");
    }

    /** Says something about its session. */
    ResumingPeer says(String kwargs) {
        peer.frame(0x81, "[\"session\",[]," + kwargs + "]");
        return this;
    }

    void frame(int first, String payload) {
        peer.frame(first, payload);
    }

    void sends(String hex) {
        peer.sends(hex);
    }

    /** The next message, whose fragments are joined. */
    String line() {
        StringBuilder all = new StringBuilder();
        WebSocketPeer.Frame frame = peer.next();
        all.append(frame.text());
        while ((frame.first() & 0x80) == 0) {
            frame = peer.next();
            all.append(frame.text());
        }
        return all.toString();
    }

    /** Says something about its session, with the token that it was given over another wire. */
    ResumingPeer says(String kwargs, CommandTuple told) {
        return says(kwargs.replace("%s", String.valueOf(told.kwargs().get("token"))));
    }

    CommandTuple next() {
        return command(line());
    }

    /** A message as a command. */
    static CommandTuple command(String line) {
        try {
            if (Json.read(line) instanceof List<?> parts
                    && parts.get(0) instanceof String name
                    && parts.get(1) instanceof List<?> args
                    && parts.get(2) instanceof Map<?, ?> kwargs) {
                return new CommandTuple(name, Values.list(args), Values.table(kwargs));
            }
        } catch (MalformedException e) {
            throw new AssertionError(line, e);
        }
        throw new AssertionError(line);
    }

    /** The next message tells it how it comes back. */
    CommandTuple credentials() {
        CommandTuple told = next();
        assertEquals("session", told.name());
        token = String.valueOf(told.kwargs().get("token"));
        epoch = String.valueOf(told.kwargs().get("epoch"));
        return told;
    }

    String token() {
        return token;
    }

    /** The next message is a text with a number. */
    void sees(String text, long number) {
        assertEquals("[\"text\",[\"" + text + "\"],{\"n\":" + number + "}]", line());
    }

    /** Comes back over another connection, having shown so many outputs. */
    ResumingPeer comesBack(long shown) {
        return comesBack(port, shown);
    }

    ResumingPeer comesBack(int otherPort, long shown) {
        return new ResumingPeer(otherPort)
                .says(
                        "{\"resume\":\"%s\",\"ack\":%d,\"epoch\":\"%s\",\"cseq\":0}"
                                .formatted(token, shown, epoch));
    }

    int closeCode() {
        return peer.closeCode();
    }

    void reset() {
        peer.reset();
    }

    @Override
    public void close() {
        peer.close();
    }
}
