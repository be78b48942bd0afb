package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.BoxDecoder;
import lychgate.amp.MalformedException;
import lychgate.amp.PackedDataReader;
import lychgate.amp.PickleReader;
import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Tuple;
import lychgate.amp.Repr;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A game, or a launcher, at the other end of the link: writes down what it is told, a line each,
 * and does what a test says. {@code 1 PCONN}, {@code 1 text hello}, {@code PSYNC reload [1, 2]}.
 */
final class FakeGame implements AutoCloseable {
    private static final int MANY = 1_000_000;

    private final Socket socket;
    private final List<String> told = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();
    private final List<AmpMessage> messages = new ArrayList<>();
    private final AtomicLong tag = new AtomicLong();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private volatile boolean answers = true;
    private volatile boolean ended;
    private volatile Consumer<Payload> onText = _ -> {};
    private int seen;

    private FakeGame(int port) {
        try {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** Somebody who has said nothing yet. */
    static FakeGame stranger(int port) {
        return new FakeGame(port);
    }

    /** A game: the first thing that it says is who it is. */
    static FakeGame game(int port, long pid) {
        return stranger(port).introduces(pid);
    }

    FakeGame introduces(long pid) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("servername", "Elm");
        about.put("version", "5.0.1");
        return admin(Operation.PSYNC, 0, Map.of("spid", pid, "info_dict", about));
    }

    // What it does.

    /** It takes note, and answers nothing, from now on. */
    FakeGame answersNothing() {
        answers = false;
        return this;
    }

    /** It answers all that it has not, and whatever comes. */
    FakeGame answersAgain() {
        List<AmpMessage> before;
        synchronized (this) {
            answers = true;
            before = List.copyOf(messages);
        }
        for (AmpMessage message : before) {
            if (message instanceof Ask ask && !answered.contains(ask.tag())) {
                answer(ask);
            }
        }
        return this;
    }

    /** Does something with each message for a session, before it answers. */
    FakeGame onText(Consumer<Payload> action) {
        onText = action;
        return this;
    }

    FakeGame admin(Operation operation, long sessid, Map<String, ?> kwargs) {
        return asks("AdminServer2Portal", Payload.of(operation, sessid, kwargs).box());
    }

    FakeGame says(long sessid, String text) {
        Map<String, Object> kwargs = Map.of("text", List.of(List.of(text), Map.of()));
        return asks("MsgServer2Portal", new Payload(sessid, kwargs).box());
    }

    FakeGame orders(Operation operation, List<String> arguments) {
        return asks(
                "MsgLauncher2Portal",
                Box.EMPTY
                        .with("operation", operation.text())
                        .with("arguments", PickleWriter.write(arguments)));
    }

    FakeGame asks(String command, Box arguments) {
        return sends(new Ask(Long.toHexString(tag.incrementAndGet()), command, arguments));
    }

    FakeGame sends(AmpMessage message) {
        return sends(message.box().encode());
    }

    synchronized FakeGame sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            ended = true; // the portal was faster
        }
        return this;
    }

    /** Dies: what it has not read is lost, and nobody is told properly. */
    void dies() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the end of its reader, which closes it", () -> ended);
    }

    /** Says no more, and reads on until the portal has closed too. */
    void leaves() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        dies();
    }

    // What it has been told.

    /** Exactly this is told next. */
    FakeGame hears(String... expected) {
        int until = seen + expected.length;
        Await.until(List.of(expected) + " after " + told(), () -> told().size() >= until);
        assertEquals(List.of(expected), told().subList(seen, until));
        seen = until;
        return this;
    }

    /** Waits until something has been told, whatever else was. */
    FakeGame awaits(String line) {
        Await.until(line + " in " + told(), () -> told().contains(line));
        return this;
    }

    /** Waits until anything has been told. */
    FakeGame awaitsAny() {
        Await.until("a word", () -> !told().isEmpty());
        return this;
    }

    /** Nothing more has been told. */
    void hasHeardNothingMore() {
        assertEquals(List.of(), told().subList(seen, told().size()));
    }

    /** The portal has ended the connection. */
    void awaitsEnd() {
        Await.until("the end, after " + told(), () -> ended);
    }

    boolean isEnded() {
        return ended;
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** The keywords of the last message that was told so. */
    synchronized Map<?, ?> kwargs(String line) {
        return payloads.get(told.lastIndexOf(line)).kwargs();
    }

    /** What the last message that was told so says of the session. */
    Map<?, ?> sessionData(String line) {
        return (Map<?, ?>) Objects.requireNonNull(kwargs(line).get("sessiondata"));
    }

    /** The boxes that came, answers among them. */
    synchronized List<AmpMessage> messages() {
        return List.copyOf(messages);
    }

    private void read() {
        BoxDecoder decoder = new BoxDecoder(1 << 24);
        byte[] buffer = new byte[1 << 16];
        try {
            for (int length = socket.getInputStream().read(buffer);
                    length >= 0;
                    length = socket.getInputStream().read(buffer)) {
                ByteBuffer in = ByteBuffer.wrap(buffer, 0, length);
                for (Box box = decoder.next(in); box != null; box = decoder.next(in)) {
                    received(AmpMessage.of(box));
                }
            }
        } catch (IOException | MalformedException e) {
            // the end, as good as any other
        }
        ended = true;
    }

    private void received(AmpMessage message) throws MalformedException {
        synchronized (this) {
            messages.add(message);
        }
        switch (message) {
            case Ask ask when ask.command().equals("MsgStatus") -> {
                note(Repr.of(read(ask.arguments().get("status"))), new Payload(0, Map.of()));
                answer(ask);
            }
            case Ask ask -> {
                byte[] pickle = new PackedDataReader().read(ask.arguments(), 1 << 26);
                Tuple pair = (Tuple) Objects.requireNonNull(read(pickle));
                Payload payload =
                        new Payload(
                                (Long) Objects.requireNonNull(pair.items().getFirst()),
                                (Map<?, ?>) Objects.requireNonNull(pair.items().get(1)));
                note(shown(payload), payload);
                if (answers) {
                    onText.accept(payload);
                    answer(ask);
                }
            }
            case Answer _ -> {}
            case Failure failure -> note(failure.code(), new Payload(0, Map.of()));
        }
    }

    private void answer(Ask ask) {
        if (answers && ask.tag() != null && answered.add(ask.tag())) {
            sends(new Answer(ask.tag(), Box.EMPTY));
        }
    }

    private synchronized void note(String line, Payload payload) {
        told.add(line);
        payloads.add(payload);
    }

    private static String shown(Payload payload) {
        Operation operation = Operation.of(payload.kwargs().get("operation"));
        if (operation == null) {
            return payload.commands().stream()
                    .map(c -> payload.sessid() + " " + c.name() + " " + c.names())
                    .reduce("", String::concat)
                    .replaceAll("[\\[\\]]", "");
        }
        Object mode = payload.kwargs().get("server_restart_mode");
        return switch (operation) {
            case PSYNC -> {
                Map<?, ?> sessions = (Map<?, ?>) payload.kwargs().get("sessiondata");
                yield "PSYNC " + mode + " " + (sessions == null ? "" : sessions.keySet());
            }
            case SRELOAD, SRESET, SSHUTD -> operation + " " + mode;
            case PCONN,
                    PDISCONN,
                    SLOGIN,
                    SDISCONN,
                    SDISCONNALL,
                    SSYNC,
                    SCONN,
                    PCONNSYNC,
                    PDISCONNALL,
                    SSTART,
                    PSHUTD ->
                    payload.sessid() + " " + operation;
        };
    }

    private static @Nullable Object read(byte @Nullable [] pickle) throws MalformedException {
        return PickleReader.read(Objects.requireNonNull(pickle), MANY);
    }
}
