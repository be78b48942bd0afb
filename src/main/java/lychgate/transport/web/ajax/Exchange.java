package lychgate.transport.web.ajax;

import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request and its one answer, which may be held back. Any thread may call. */
final class Exchange {
    private static final byte[] NOTHING = {};
    private static final byte[] DONE = "\"\"".getBytes(StandardCharsets.UTF_8);

    /**
     * JSON that calls itself HTML, as Evennia's does. A browser that is made to show it must not
     * run anything of it.
     */
    private static final List<HttpField> HEADERS =
            List.of(
                    new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8"),
                    new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
                    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
                    new PreEncodedHttpField(
                            "Content-Security-Policy", "default-src 'none'; sandbox"));

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    Request request() {
        return request;
    }

    /** The answer that Evennia gives where there is nothing to say. */
    void done() {
        answer(DONE);
    }

    /** An answer without a body: another poll has taken the place of this one. */
    void displaced() {
        answer(NOTHING);
    }

    void answer(byte[] body) {
        answer(body, () -> {}, () -> {});
    }

    /**
     * Answers the request, unless that has been done.
     *
     * @param sent run when the answer is on its way
     * @param failed run if it can't be sent
     */
    void answer(byte[] body, Runnable sent, Runnable failed) {
        if (answered.getAndSet(true)) {
            return;
        }
        HEADERS.forEach(response.getHeaders()::put);
        Callback done =
                Callback.from(
                        () -> {
                            sent.run();
                            callback.succeeded();
                        },
                        cause -> {
                            failed.run();
                            callback.failed(cause);
                        });
        response.write(true, ByteBuffer.wrap(body), done);
    }

    /** There is no such session, or it is over. */
    void gone() {
        refuse(HttpStatus.GONE_410, "There is no such session.");
    }

    /** Refuses the request, and closes the connection. */
    void refuse(int status, String why) {
        if (!answered.getAndSet(true)) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            PlainText.end(status, why + "\n", response, callback);
        }
    }

    /** Closes the connection, so that an answer which is being written fails. */
    void abort() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    /** The connection is lost: nothing can be answered. */
    void lost(Throwable why) {
        if (!answered.getAndSet(true)) {
            callback.failed(why);
        }
    }

    /**
     * Holds the answer back, for that long at most.
     *
     * @param lost run if the client is gone meanwhile
     */
    void hold(Duration most, Runnable lost) {
        HttpDeadlines.of(request).holds(request, most);
        request.addIdleTimeoutListener(_ -> false);
        request.addFailureListener(
                cause -> {
                    lost(cause);
                    lost.run();
                });
    }
}
