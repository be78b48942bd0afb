package lychgate.transport.web.ajax;

import lychgate.http.HttpDeadlines;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads the body of a request, in pieces as they come, and within a bound. */
final class Body {
    /**
     * Maximum length that is read: up to this much of a body that is too long is discarded. A
     * client that is answered while it sends would see a reset instead of the answer.
     */
    private static final int MAX_LENGTH = 1 << 20;

    private final Request request;
    private final int most;
    private final Bodies incomplete;
    private final Consumer<byte @Nullable []> whole;
    private final Runnable lost;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private long length;
    private boolean awaited;

    /**
     * @param most maximum size in bytes
     * @param incomplete knows of all that wait for more
     * @param whole given the body; null if it is too long
     * @param lost run if the connection ends before the body
     */
    Body(
            Request request,
            int most,
            Bodies incomplete,
            Consumer<byte @Nullable []> whole,
            Runnable lost) {
        this.request = request;
        this.most = most;
        this.incomplete = incomplete;
        this.whole = whole;
        this.lost = lost;
    }

    /** Reads what is there, and goes on when more has come. */
    void read() {
        if (request.getLength() > MAX_LENGTH) {
            whole.accept(null);
            return;
        }
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await();
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                incomplete.ends(this);
                lost.run();
                return;
            }
            add(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last || length > MAX_LENGTH) {
                end();
                whole.accept(length > most ? null : bytes.toByteArray());
                return;
            }
        }
    }

    private void await() {
        if (!awaited) {
            awaited = true;
            HttpDeadlines.of(request).reads(request);
        }
        incomplete.waits(this, bytes.size());
        request.demand(this::read);
    }

    private void end() {
        if (awaited) {
            incomplete.ends(this);
            HttpDeadlines.of(request).hasRead(request);
        }
    }

    /** Closes the connection. */
    void abort() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    private void add(ByteBuffer piece) {
        length += piece.remaining();
        if (length > most) {
            bytes = new ByteArrayOutputStream(0);
        } else {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
    }
}
