package lychgate.transport.web.session;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Trace.Kind;
import lychgate.transport.trace.Tap;
import lychgate.transport.web.format.Frames;
import lychgate.transport.web.format.Received;
import lychgate.transport.web.format.SessionMessage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records the messages of a web client. What identifies its session is never among them. */
final class MessageTap {
    private final Tap tap;

    MessageTap(Tap tap) {
        this.tap = tap;
    }

    /** The client said something; {@link #dealt} must follow. */
    void received(Received received) {
        switch (received) {
            case Received.Line(String text) -> tap.entered(text);
            case Received.Command(CommandTuple command) ->
                    tap.commanded(
                            command.name(),
                            Kind.MESSAGE,
                            () -> utf8(Json.write(command)),
                            utf8(command.name() + " ***"));
            case Received.Size(int columns, int rows) ->
                    tap.note(true, "window " + columns + "x" + rows);
            case Received.Leaves() -> tap.note(true, "leaves");
            case Received.Session(SessionMessage message) -> tap.note(true, words(message));
            case Received.Numbered _ -> {} // belongs to what follows
            case Received.Malformed(String kind) -> tap.note(true, "malformed: " + kind);
        }
    }

    private static String words(SessionMessage message) {
        return switch (message) {
            case SessionMessage.Asks() -> "session: wants to be able to come back";
            case SessionMessage.Acknowledges(long shown) -> "session: has shown " + shown;
            case SessionMessage.Pings(long number) -> "session: ping " + number;
            case SessionMessage.Returns(_, _, long shown) ->
                    "session: comes back, has shown " + shown;
        };
    }

    /** What the client said has been dealt with. */
    void dealt() {
        tap.dealt();
    }

    /** An output was sent, in these frames; none if the format has no place for it. */
    void sent(Shown output, List<byte[]> frames) {
        if (frames.isEmpty()) {
            return;
        }
        int wanted = tap.wanted();
        int left = 0;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (byte[] each : frames) {
            for (Frames.Frame frame : Frames.split(each)) {
                ByteBuffer bytes = frame.payload();
                int taken = Math.min(bytes.remaining(), wanted - payload.size());
                payload.write(bytes.array(), bytes.arrayOffset() + bytes.position(), taken);
                left += bytes.remaining() - taken;
            }
        }
        if (output instanceof Shown.Oob) {
            tap.sent(payload.toByteArray(), left);
        } else {
            tap.shown(payload.toByteArray(), left);
        }
    }

    /** The client was told something about its session. */
    void told(CommandTuple command) {
        tap.wire(
                false,
                Kind.MESSAGE,
                utf8(Json.write(command.without("token").without("epoch").without("id"))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
