package lychgate.load;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.BoxDecoder;
import lychgate.amp.MalformedException;
import lychgate.amp.PackedData;
import lychgate.amp.PackedDataReader;
import lychgate.amp.PickleReader;
import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A game behind AMP that records each line as it executes it, before it answers. It can be
 * restarted, like Evennia, and killed; then all lines not yet executed are lost.
 */
final class LoggingGame {
    /** The greeting for new sessions. */
    static final String WELCOME = "Welcome";

    private static final String PSYNC = "\u0003";
    private static final String SSYNC = "\u0008";
    private static final String SRELOAD = "\u000e";

    /** Timeout for the portal to notice that the game is gone. */
    private static final int GOODBYE_MILLIS = 10_000;

    private final Socket socket;
    private final Consumer<String> log;
    private final long lingerNanos;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private volatile boolean killed;
    private volatile boolean there;
    private boolean leaves;
    private long leavesAt;
    private int tag;

    /**
     * @param lingerNanos how long it keeps serving after a reload was requested
     */
    LoggingGame(int port, long pid, long lingerNanos, Consumer<String> log) throws IOException {
        this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        this.lingerNanos = lingerNanos;
        this.log = log;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20);
        Map<String, Object> about = Map.of("servername", "log", "version", "1");
        ask(Map.of("operation", PSYNC, "spid", pid, "info_dict", about));
        flush();
        thread.start();
    }

    /** Whether it has received its sessions. */
    boolean isThere() {
        return there;
    }

    /** Requests its own reload, and waits until it has stopped. */
    void reload() throws InterruptedException {
        synchronized (out) {
            ask(Map.of("operation", SRELOAD));
        }
        thread.join();
    }

    /** Stops abruptly. */
    void kill() throws IOException, InterruptedException {
        killed = true;
        socket.setSoLinger(true, 0);
        socket.close();
        thread.join();
    }

    private void run() {
        BoxDecoder decoder = new BoxDecoder(1 << 24);
        byte[] buffer = new byte[4_096];
        try {
            while (!leaves || System.nanoTime() - leavesAt < 0) {
                ByteBuffer in = ByteBuffer.wrap(buffer, 0, read(buffer));
                for (Box box = decoder.next(in); box != null; box = decoder.next(in)) {
                    if (AmpMessage.of(box) instanceof Ask ask) {
                        execute(ask);
                    }
                }
                flush();
            }
            socket.shutdownOutput(); // everything executed has been answered
            socket.setSoTimeout(GOODBYE_MILLIS);
            while (socket.getInputStream().read(buffer) >= 0) {
                Thread.onSpinWait(); // later input is not executed
            }
            socket.close();
        } catch (IOException | MalformedException e) {
            if (!killed) {
                log.accept("failed: " + e);
            }
        }
    }

    /** The number of bytes read; 0 after a timeout. */
    private int read(byte[] buffer) throws IOException {
        try {
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                throw new IOException("the portal has gone");
            }
            return length;
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    private void execute(Ask ask) throws MalformedException {
        if (killed) {
            return;
        }
        byte[] pickle = new PackedDataReader().read(ask.arguments(), 1 << 26);
        Tuple pair = (Tuple) Objects.requireNonNull(PickleReader.read(pickle, 1_000_000));
        Map<?, ?> kwargs = (Map<?, ?>) Objects.requireNonNull(pair.items().get(1));
        if (kwargs.get("text") instanceof List<?> text && text.getFirst() instanceof List<?> args) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
            log.accept(((String) args.getFirst()).strip());
        } else if (PSYNC.equals(kwargs.get("operation"))) {
            there = true;
        } else if (SRELOAD.equals(kwargs.get("operation"))) {
            ask(Map.of("operation", SSYNC, "sessiondata", Map.of()));
            leaves = true;
            leavesAt = System.nanoTime() + lingerNanos;
        } else if (kwargs.get("sessiondata") != null) {
            greet((Long) Objects.requireNonNull(pair.items().getFirst()));
        }
        synchronized (out) {
            out.writeBytes(new Answer(String.valueOf(ask.tag()), Box.EMPTY).box().encode());
        }
    }

    private void greet(long sessid) {
        send("MsgServer2Portal", sessid, Map.of("text", List.of(List.of(WELCOME), Map.of())));
    }

    private void ask(Map<String, ?> kwargs) {
        send("AdminServer2Portal", 0, kwargs);
    }

    private void send(String command, long sessid, Map<String, ?> kwargs) {
        byte[] pickle = PickleWriter.write(Tuple.of(sessid, kwargs));
        synchronized (out) {
            String its = Integer.toHexString(++tag);
            Ask ask = new Ask(its, command, PackedData.put(Box.EMPTY, pickle));
            out.writeBytes(ask.box().encode());
        }
    }

    private void flush() throws IOException {
        byte[] bytes;
        synchronized (out) {
            bytes = out.toByteArray();
            out.reset();
        }
        socket.getOutputStream().write(bytes);
    }
}
