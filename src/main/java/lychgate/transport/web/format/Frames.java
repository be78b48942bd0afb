package lychgate.transport.web.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as the frames in which a server sends them (RFC 6455, 5.2): unmasked, a long message in
 * fragments. So that frames can be queued as bytes, and told apart again where they are written.
 */
public final class Frames {
    /**
     * Bytes of a message in one frame. A client that reads slowly then shows progress within a
     * message, and a ping need not wait for all of it.
     */
    static final int MAX_PAYLOAD = 16 * 1024 - 4;

    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;

    /** Lengths from here on stand in two bytes more. */
    private static final int TWO_BYTES = 126;

    private Frames() {}

    /**
     * One frame.
     *
     * @param opcode what it carries
     * @param last whether the message ends with it
     */
    public record Frame(byte opcode, boolean last, ByteBuffer payload) {
        /** A copy of the payload. */
        public byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return bytes;
        }
    }

    /** The frames of a message, in order. */
    public static List<byte[]> of(Message message) {
        return switch (message) {
            case Message.Text(String text) -> of(TEXT, text.getBytes(StandardCharsets.UTF_8));
            case Message.Binary(byte[] bytes) -> of(BINARY, bytes);
        };
    }

    /** The same, one behind the other. */
    public static byte[] joined(Message message) {
        List<byte[]> frames = of(message);
        if (frames.size() == 1) {
            return frames.getFirst();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** The frames of a text message of these bytes, which are UTF-8. */
    static List<byte[]> ofText(byte[] utf8) {
        return of(TEXT, utf8);
    }

    private static List<byte[]> of(int opcode, byte[] payload) {
        if (payload.length <= MAX_PAYLOAD) {
            return List.of(frame(FIN | opcode, payload, 0, payload.length));
        }
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < payload.length; from += MAX_PAYLOAD) {
            int to = Math.min(payload.length, from + MAX_PAYLOAD);
            int first = from == 0 ? opcode : CONTINUATION;
            frames.add(frame(to == payload.length ? FIN | first : first, payload, from, to));
        }
        return frames;
    }

    private static byte[] frame(int first, byte[] payload, int from, int to) {
        int length = to - from;
        ByteBuffer frame = ByteBuffer.allocate(length < TWO_BYTES ? 2 + length : 4 + length);
        frame.put((byte) first);
        if (length < TWO_BYTES) {
            frame.put((byte) length);
        } else {
            frame.put((byte) TWO_BYTES).putShort((short) length);
        }
        return frame.put(payload, from, length).array();
    }

    /** Frames made here, one behind the other, taken apart. */
    public static List<Frame> split(byte[] frames) {
        List<Frame> all = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(frames);
        while (rest.hasRemaining()) {
            byte first = rest.get();
            int length = rest.get();
            if (length == TWO_BYTES) {
                length = Short.toUnsignedInt(rest.getShort());
            }
            ByteBuffer payload = rest.slice(rest.position(), length);
            rest.position(rest.position() + length);
            all.add(new Frame((byte) (first & OPCODE), (first & FIN) != 0, payload));
        }
        return all;
    }
}
