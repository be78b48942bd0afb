package lychgate.transport.telnet.front;

import lychgate.telnet.ByteBuilder;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Reassembles TLS records (RFC 8446, section 5.1) and passes only complete ones to the TLS engine,
 * which allocates buffers of more than 16 KiB at every attempt; so a record that arrives byte by
 * byte costs no more than a whole one. Data that is not a valid record is passed on for the engine
 * to reject. Not thread safe.
 */
final class TlsRecords {
    private static final int HEADER = 5;

    /** Offset of the length field. */
    private static final int LENGTH_AT = 3;

    /** Maximum content of a record; TLS 1.2 has the larger limit (RFC 5246, section 6.2.3). */
    static final int MAX_CONTENT = 16 * 1024 + 2048;

    /** The lowest content type, change_cipher_spec; {@link #LAST_TYPE} is application_data. */
    private static final int FIRST_TYPE = 20;

    private static final int LAST_TYPE = 23;

    private final ByteBuilder held = new ByteBuilder();
    private int awaited;

    /**
     * Adds received data.
     *
     * @return all complete records, or null; an incomplete one is kept
     */
    @Nullable ByteBuffer next(ByteBuffer in) {
        if (held.size() + in.remaining() < awaited) {
            hold(in);
            return null;
        }
        ByteBuffer all = in;
        if (held.size() > 0) {
            hold(in);
            all = ByteBuffer.wrap(held.take());
        }
        int end = endOfComplete(all);
        ByteBuffer whole = all.slice(all.position(), end - all.position());
        hold(all.position(end));
        return whole.hasRemaining() ? whole : null;
    }

    private int endOfComplete(ByteBuffer in) {
        int at = in.position();
        awaited = 0;
        while (at < in.limit()) {
            int left = in.limit() - at;
            int type = in.get(at) & 0xff;
            int record = left < HEADER ? HEADER : HEADER + content(in, at);
            if (type < FIRST_TYPE || type > LAST_TYPE || record > HEADER + MAX_CONTENT) {
                return in.limit();
            }
            if (left < record) {
                awaited = record;
                return at;
            }
            at += record;
        }
        return at;
    }

    private static int content(ByteBuffer in, int at) {
        return (in.get(at + LENGTH_AT) & 0xff) << 8 | (in.get(at + LENGTH_AT + 1) & 0xff);
    }

    private void hold(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        held.add(bytes);
    }
}
