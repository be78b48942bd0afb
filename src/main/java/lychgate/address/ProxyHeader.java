package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes the header in which a proxy names the client of a connection: the PROXY protocol, version
 * 1 (a line of text) and 2 (binary), after HAProxy's specification of 2020. It comes first, before
 * TLS.
 *
 * <p>Not thread safe; one per connection.
 */
public final class ProxyHeader {
    /** Maximum length of a version 1 header, its line end included. */
    private static final int MAX_V1 = 107;

    /** Maximum number of bytes after the fixed part of a version 2 header. */
    private static final int MAX_V2 = 4 * 1024;

    private static final byte[] V2_SIGNATURE = {
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
    };
    private static final byte[] V1_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int V2_FIXED = 16;
    private static final int VERSION_2 = 0x20;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int TCP_IPV4 = 0x11;
    private static final int TCP_IPV6 = 0x21;
    private static final int UNSPEC = 0x00;
    private static final int TLV_HEAD = 3;

    private final ByteBuffer seen = ByteBuffer.allocate(V2_FIXED + MAX_V2);

    /** The result so far. */
    public sealed interface Result {
        /** The header is incomplete. */
        record More() implements Result {}

        /** Not a valid header: the connection must be closed. */
        record Malformed() implements Result {}

        /**
         * The header is complete; the rest of the input is the client's.
         *
         * @param client the client's address; null if the proxy does not say, or speaks for itself
         */
        record Done(@Nullable InetAddress client) implements Result {}
    }

    /** Reads the bytes that belong to the header. */
    public Result read(ByteBuffer in) {
        Result result = new Result.More();
        while (in.hasRemaining() && result instanceof Result.More) {
            seen.put(in.get());
            result = look();
        }
        return result;
    }

    private Result look() {
        int length = seen.position();
        byte[] bytes = seen.array();
        if (startsLike(V2_SIGNATURE, bytes, length)) {
            return length < V2_FIXED ? new Result.More() : v2(bytes, length);
        }
        if (startsLike(V1_SIGNATURE, bytes, length)) {
            return v1(bytes, length);
        }
        return new Result.Malformed();
    }

    private static boolean startsLike(byte[] signature, byte[] bytes, int length) {
        int common = Math.min(signature.length, length);
        return Arrays.equals(signature, 0, common, bytes, 0, common);
    }

    private static Result v1(byte[] bytes, int length) {
        if (bytes[length - 1] != '\n') {
            return length >= MAX_V1 ? new Result.Malformed() : new Result.More();
        }
        if (bytes[length - 2] != '\r') {
            return new Result.Malformed();
        }
        String line = new String(bytes, 0, length - 2, StandardCharsets.US_ASCII);
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return new Result.Done(null);
        }
        boolean v4 = words[1].equals("TCP4");
        if (words.length != 6 || !(v4 || words[1].equals("TCP6"))) {
            return new Result.Malformed();
        }
        InetAddress source = literal(words[2], v4);
        boolean whole =
                source != null
                        && literal(words[3], v4) != null
                        && isPort(words[4])
                        && isPort(words[5]);
        return whole ? new Result.Done(source) : new Result.Malformed();
    }

    /** An address in the notation of that version; an IPv4-mapped one is written as IPv6. */
    private static @Nullable InetAddress literal(String text, boolean v4) {
        boolean form = text.indexOf('%') < 0 && v4 == (text.indexOf(':') < 0);
        return form ? Addresses.literal(text) : null;
    }

    private static boolean isPort(String text) {
        return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
    }

    private static Result v2(byte[] bytes, int length) {
        int version = bytes[12] & 0xf0;
        int command = bytes[12] & 0x0f;
        int family = bytes[13] & 0xff;
        int rest = (bytes[14] & 0xff) << 8 | (bytes[15] & 0xff);
        if (version != VERSION_2 || command > PROXY || rest > MAX_V2) {
            return new Result.Malformed();
        }
        if (length < V2_FIXED + rest) {
            return new Result.More();
        }
        int addresses =
                switch (family) {
                    case TCP_IPV4 -> 12;
                    case TCP_IPV6 -> 36;
                    case UNSPEC -> 0;
                    default -> -1;
                };
        if (command == LOCAL || family == UNSPEC) {
            return new Result.Done(null); // whatever else is in it is to be skipped
        }
        if (addresses < 0
                || rest < addresses
                || !tlvsAreWhole(bytes, V2_FIXED + addresses, V2_FIXED + rest)) {
            return new Result.Malformed();
        }
        return new Result.Done(
                address(Arrays.copyOfRange(bytes, V2_FIXED, V2_FIXED + (addresses - 4) / 2)));
    }

    /** Additional fields (TLVs) are skipped, but must be well-formed. */
    private static boolean tlvsAreWhole(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at < TLV_HEAD) {
                return false;
            }
            at += TLV_HEAD + ((bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff));
        }
        return at == to;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes or 16", e);
        }
    }
}
