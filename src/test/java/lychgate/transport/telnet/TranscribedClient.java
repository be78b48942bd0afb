package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.fail;

import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEvent;
import lychgate.testing.Await;
import lychgate.testing.Wire;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A client that replays the transcript of a real one: each row is a command and the client's
 * answer. Several rows of the same command are its first, second, … answer, and the last one is
 * repeated; without a row it is silent. It compresses if the real one does.
 */
public final class TranscribedClient implements AutoCloseable {
    private static final String ARROW = " -> ";
    private static final String AND_SO_ON = "…";

    private final Socket socket;
    private final Map<String, Deque<String>> answers = new LinkedHashMap<>();
    private final TelnetDecoder decoder = new TelnetDecoder(0);
    private final List<String> told = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable Inflater inflater;
    private @Nullable Deflater deflater;

    public TranscribedClient(Path transcript, int port) {
        try {
            for (String row : Files.readAllLines(transcript)) {
                int arrow = row.indexOf(ARROW);
                if (!row.startsWith("#") && arrow > 0) {
                    answers.computeIfAbsent(
                                    row.substring(0, arrow).strip(), _ -> new ArrayDeque<>())
                            .add(row.substring(arrow + ARROW.length()).strip());
                }
            }
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens and answers until it has been told this, in the words of {@link Wire}. */
    public TranscribedClient until(String words) {
        return until(words, () -> told.contains(words));
    }

    /** Listens and answers until it is shown this. */
    public TranscribedClient untilShown(String words) {
        return until(words, () -> shown().contains(words));
    }

    /** Listens and answers for some time; whether it is shown this. */
    public boolean isShown(String words, Duration patience) {
        return listens(words, () -> shown().contains(words), patience);
    }

    /** Listens and answers until nothing that was said so far can have any more consequences. */
    public TranscribedClient untilQuiet() {
        int before;
        do {
            before = told.size();
            text.reset();
            say("IAC AYT");
            untilShown("[Test: yes]");
        } while (told.size() > before);
        return this;
    }

    /** All that it was told but for text, in the words of {@link Wire}. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** The text that it was shown. */
    public String shown() {
        return text.toString(StandardCharsets.UTF_8);
    }

    /** The same, a character for each byte. */
    public String bytes() {
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /** What it was shown so far is of no interest. */
    public void forget() {
        text.reset();
    }

    /** Says something, in the words of {@link Wire}. */
    public void say(String words) {
        try {
            byte[] bytes = Wire.bytes(words);
            socket.getOutputStream().write(deflater == null ? bytes : deflated(deflater, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (words.endsWith("IAC SB MCCP3 IAC SE")) {
            deflater = new Deflater();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private TranscribedClient until(String what, Condition condition) {
        Duration patience = Duration.ofSeconds(Await.PATIENCE_SECONDS);
        return listens(what, condition, patience)
                ? this
                : fail("in vain awaited: " + what + " after " + told + shown());
    }

    private boolean listens(String what, Condition condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        byte[] read = new byte[64 * 1024];
        try {
            while (!condition.holds()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                int length = socket.getInputStream().read(read);
                if (length < 0) {
                    return fail("the end came before " + what + " after " + told + shown());
                }
                hear(ByteBuffer.wrap(read, 0, length));
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException | DataFormatException e) {
            throw new AssertionError("while waiting for " + what + " after " + told, e);
        }
    }

    private void hear(ByteBuffer in) throws DataFormatException {
        if (inflater != null) {
            hearInflated(inflater, in);
            return;
        }
        for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
            hear(event);
            if (inflater != null) {
                hearInflated(inflater, in);
                return;
            }
        }
    }

    private void hearInflated(Inflater stream, ByteBuffer in) throws DataFormatException {
        stream.setInput(in);
        byte[] plain = new byte[64 * 1024];
        for (int n = stream.inflate(plain); n > 0; n = stream.inflate(plain)) {
            ByteBuffer inflated = ByteBuffer.wrap(plain, 0, n);
            for (var event = decoder.next(inflated);
                    event != null;
                    event = decoder.next(inflated)) {
                hear(event);
            }
        }
    }

    private void hear(TelnetEvent event) {
        if (event instanceof TelnetEvent.Data(byte[] bytes)) {
            text.writeBytes(bytes);
            return;
        }
        String words = Wire.words(event);
        told.add(words);
        if (event instanceof TelnetEvent.Subnegotiation(int option, byte[] _)
                && option == Telnet.MCCP2) {
            inflater = new Inflater();
        }
        Deque<String> left = answersTo(words);
        if (left != null) {
            say(left.size() > 1 ? left.remove() : left.element());
        }
    }

    private @Nullable Deque<String> answersTo(String words) {
        Deque<String> exactly = answers.get(words);
        if (exactly != null) {
            return exactly;
        }
        for (Map.Entry<String, Deque<String>> each : answers.entrySet()) {
            String told = each.getKey();
            if (told.endsWith(AND_SO_ON)
                    && words.startsWith(told.substring(0, told.length() - AND_SO_ON.length()))) {
                return each.getValue();
            }
        }
        return null;
    }

    private static byte[] deflated(Deflater stream, byte[] bytes) {
        stream.setInput(bytes);
        byte[] out = new byte[bytes.length + 64];
        int length = stream.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return java.util.Arrays.copyOf(out, length);
    }
}
