package lychgate.transport.web.ajax;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads the body of a request, in pieces as they come, and within a bound. */
final class Body {
    private final Request request;
    private final int most;
    private final Consumer<byte @Nullable []> whole;
    private final Runnable lost;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

    /**
     * @param most maximum size in bytes
     * @param whole given the body; null if it is too long
     * @param lost run if the connection ends before the body
     */
    Body(Request request, int most, Consumer<byte @Nullable []> whole, Runnable lost) {
        this.request = request;
        this.most = most;
        this.whole = whole;
        this.lost = lost;
    }

    /** Reads what is there, and goes on when more has come. */
    void read() {
        if (request.getLength() > most) {
            whole.accept(null);
            return;
        }
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                lost.run();
                return;
            }
            boolean fits = add(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (!fits || last) {
                whole.accept(fits ? bytes.toByteArray() : null);
                return;
            }
        }
    }

    private boolean add(ByteBuffer piece) {
        if (bytes.size() + piece.remaining() > most) {
            return false;
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
        return true;
    }
}
