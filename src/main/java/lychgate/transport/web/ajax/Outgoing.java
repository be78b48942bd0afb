package lychgate.transport.web.ajax;

import lychgate.transport.web.format.Frames;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the conversation has written, as messages that wait to be polled. Not thread safe. */
final class Outgoing {
    private final Deque<byte[]> messages = new ArrayDeque<>(1);
    private @Nullable ByteArrayOutputStream begun; // a message of which not all is here

    /**
     * Adds what has been written.
     *
     * @param frames {@link Frames}
     * @return whether they end within a message
     */
    boolean write(byte[] frames) {
        for (Frames.Frame frame : Frames.split(frames)) {
            byte[] payload = frame.bytes();
            if (begun == null && frame.last()) {
                add(payload);
            } else {
                append(payload, frame.last());
            }
        }
        return begun != null;
    }

    private void append(byte[] fragment, boolean last) {
        ByteArrayOutputStream message = begun == null ? new ByteArrayOutputStream() : begun;
        message.writeBytes(fragment);
        begun = message;
        if (last) {
            add(message.toByteArray());
            begun = null;
        }
    }

    /** Adds a message. */
    void add(byte[] message) {
        messages.add(message);
    }

    /** Takes the next message; null if none waits. */
    byte @Nullable [] next() {
        return messages.pollFirst();
    }

    /** The message could not be delivered: it is the next one again. */
    void giveBack(byte[] message) {
        messages.addFirst(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void clear() {
        messages.clear();
        begun = null;
    }
}
