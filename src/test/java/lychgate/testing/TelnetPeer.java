package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEvent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A telnet client that does only what a test says. It reads only when it expects something, and
 * keeps everything read; each expectation starts where the previous one ended.
 */
public final class TelnetPeer implements AutoCloseable {
    /** Bytes that a failure shows of what came. */
    private static final int MAX_SHOWN = 400;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final Socket socket;
    private byte[] read = new byte[4096];
    private Duration patience = Duration.ofSeconds(Await.PATIENCE_SECONDS);
    private int size;
    private int at;
    private boolean ended;

    private TelnetPeer(Socket socket) {
        this.socket = socket;
    }

    /** A client of a service on this machine. */
    public static TelnetPeer connect(int port) {
        return connect(port, 0);
    }

    /** A client whose system takes no more than about so many bytes before the client reads. */
    public static TelnetPeer connect(int port, int receiveBuffer) {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return new TelnetPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client over a connection that is there. */
    public static TelnetPeer over(Socket socket) {
        return new TelnetPeer(socket);
    }

    /** How long each expectation waits from now on; at first, as {@link Await}. */
    public TelnetPeer patience(Duration most) {
        patience = most;
        return this;
    }

    /** Sends bytes in the words of {@link Wire}. */
    public TelnetPeer sends(String words) {
        return sends(Wire.bytes(words));
    }

    /** Sends bytes. */
    public TelnetPeer sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line. */
    public TelnetPeer types(String line) {
        return sends((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly these bytes come next, in the words of {@link Wire}. */
    public TelnetPeer expects(String words) {
        byte[] expected = Wire.bytes(words);
        await(() -> size >= at + expected.length);
        byte[] actual = Arrays.copyOfRange(read, at, Math.min(at + expected.length, size));
        if (!Arrays.equals(expected, actual)) {
            assertEquals(Wire.words(expected), Wire.words(actual));
            fail("expected " + words + ", but the bytes differ");
        }
        at += expected.length;
        return this;
    }

    /** Exactly this text comes next; commands and negotiation before it and in it are skipped. */
    public TelnetPeer expectsText(String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        await(
                () ->
                        size >= at + expected.length
                                && text(expected.length).bytes.length == expected.length);
        Text actual = text(expected.length);
        assertEquals(text, new String(actual.bytes, StandardCharsets.UTF_8));
        at = actual.end;
        return this;
    }

    /** Exactly this line comes next. */
    public TelnetPeer expectsLine(String line) {
        return expectsText(line + "\r\n");
    }

    /** The next line, without its end. What a telnet command leaves of it is not looked at. */
    public String readsLine() {
        int[] end = {at};
        if (!await(() -> comes(LINE_END, end))) {
            fail("no line after " + latest());
        }
        String line = new String(read, at, end[0] - at, StandardCharsets.UTF_8);
        at = end[0] + LINE_END.length;
        return line;
    }

    /** Nothing has come since, nor is anything on its way: the next to come is an answer. */
    public TelnetPeer expectsNothing() {
        return sends("IAC AYT").expects("CR LF '[Test: yes]' CR LF");
    }

    /** The end comes next, and it is no reset. */
    public TelnetPeer expectsEnd() {
        await(() -> false);
        assertEquals("", Wire.words(Arrays.copyOfRange(read, at, size)));
        return this;
    }

    /** Reads on, whatever comes, to the end of these bytes, in the words of {@link Wire}. */
    public TelnetPeer skipsTo(String words) {
        byte[] wanted = Wire.bytes(words);
        int[] searched = {at};
        if (!await(() -> comes(wanted, searched))) {
            fail("in vain awaited: " + words + " after " + latest());
        }
        at = searched[0] + wanted.length;
        return this;
    }

    /** Reads on to the end; the text of all that came since the last expectation. */
    public String rest() {
        await(() -> false);
        return new String(text(Integer.MAX_VALUE).bytes, StandardCharsets.UTF_8);
    }

    /** What comes next, at least a byte of it. */
    public byte[] readsSome() {
        if (!await(() -> size > at)) {
            fail("the end came after " + latest());
        }
        byte[] some = Arrays.copyOfRange(read, at, size);
        at = size;
        return some;
    }

    /** The last bytes that were read are to be read once more. */
    public TelnetPeer unreads(int bytes) {
        at -= bytes;
        return this;
    }

    /** All that has been read so far. */
    public byte[] everything() {
        return Arrays.copyOf(read, size);
    }

    /** Reads what is there, waiting for nothing; whether the other end has closed. */
    public boolean readsToTheEnd() {
        try {
            socket.setSoTimeout(1);
            readSome();
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ended;
    }

    /** Says that it will send no more; it reads on. */
    public TelnetPeer halfCloses() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is gone at once, as a client that crashed: the other end gets a reset. */
    public void resets() {
        Sockets.reset(socket);
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }

    /** Text from where we are, and where it ends in what was read. */
    private record Text(byte[] bytes, int end) {}

    private interface Condition {
        boolean holds();
    }

    private Text text(int longest) {
        TelnetDecoder decoder = new TelnetDecoder(0);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int end = at;
        while (end < size && text.size() < longest) {
            if (decoder.next(ByteBuffer.wrap(read, end, 1)) instanceof TelnetEvent.Data(byte[] b)) {
                text.writeBytes(b);
            }
            end++;
        }
        return new Text(text.toByteArray(), end);
    }

    /**
     * Whether the bytes stand in what was read, at {@code from[0]} or after: that is moved there.
     */
    private boolean comes(byte[] wanted, int[] from) {
        for (; from[0] + wanted.length <= size; from[0]++) {
            if (Arrays.equals(read, from[0], from[0] + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Reads until something holds; false where the end came before. */
    private boolean await(Condition condition) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.holds() && !ended) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    return fail("nothing more comes after " + latest());
                }
                socket.setSoTimeout((int) left);
                readSome();
            }
            return condition.holds();
        } catch (SocketTimeoutException e) {
            return fail("nothing more comes after " + latest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String latest() {
        return Wire.words(Arrays.copyOfRange(read, Math.max(0, size - MAX_SHOWN), size));
    }

    private void readSome() throws IOException {
        if (size == read.length) {
            read = Arrays.copyOf(read, 2 * size);
        }
        int length = socket.getInputStream().read(read, size, read.length - size);
        if (length < 0) {
            ended = true;
        } else {
            size += length;
        }
    }
}
