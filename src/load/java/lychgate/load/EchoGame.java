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
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A game behind AMP with the commands {@code echo}, {@code lines} and {@code shout}, and guest
 * logins. Run as a program, it is the game for {@link Load} behind any portal that speaks Evennia's
 * protocol:
 *
 * <pre>{@code
 * java -cp target/test-classes:target/classes lychgate.load.EchoGame AMP_PORT
 * }</pre>
 */
public final class EchoGame implements AutoCloseable {
    private static final int MOST = 1 << 24;
    private static final String PCONN = "\u0001";
    private static final String PDISCONN = "\u0002";
    private static final String PSYNC = "\u0003";
    private static final String ECHO = "echo ";
    private static final String LINES = "lines ";
    private static final String SHOUT = "shout ";

    private final Socket socket;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Set<Long> sessions = new LinkedHashSet<>();
    private volatile boolean lost;
    private int tag;

    /** Connects to the portal's AMP port. */
    EchoGame(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        Map<String, Object> about = Map.of("servername", "echo", "version", "1");
        Map<String, Object> kwargs =
                Map.of(
                        "operation",
                        PSYNC,
                        "spid",
                        ProcessHandle.current().pid(),
                        "info_dict",
                        about);
        ask("AdminServer2Portal", 0, kwargs);
        flush();
        thread.start();
    }

    /** Serves until the portal closes the link. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (EchoGame game = new EchoGame(Integer.parseInt(arguments[0]))) {
            game.thread.join();
        }
    }

    /** Whether the portal has closed the link. */
    boolean isLost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void run() {
        BoxDecoder decoder = new BoxDecoder(MOST);
        byte[] buffer = new byte[1 << 16];
        try {
            for (int length = socket.getInputStream().read(buffer);
                    length >= 0;
                    length = socket.getInputStream().read(buffer)) {
                ByteBuffer in = ByteBuffer.wrap(buffer, 0, length);
                for (Box box = decoder.next(in); box != null; box = decoder.next(in)) {
                    if (AmpMessage.of(box) instanceof Ask ask) {
                        asked(ask);
                    }
                }
                flush();
            }
        } catch (IOException | MalformedException e) {
            // the link was closed
        }
        lost = true;
    }

    private void asked(Ask ask) throws MalformedException {
        out.writeBytes(new Answer(String.valueOf(ask.tag()), Box.EMPTY).box().encode());
        Object read = PickleReader.read(new PackedDataReader().read(ask.arguments(), MOST), MOST);
        Tuple pair = (Tuple) Objects.requireNonNull(read);
        Map<?, ?> kwargs = (Map<?, ?>) Objects.requireNonNull(pair.items().get(1));
        long sessid = (Long) Objects.requireNonNull(pair.items().getFirst());
        if (kwargs.get("text") instanceof List<?> text
                && text.getFirst() instanceof List<?> args
                && args.getFirst() instanceof String line) {
            typed(sessid, line.strip());
        } else if (PCONN.equals(kwargs.get("operation"))) {
            sessions.add(sessid);
            say(sessid, "Type guest. > ");
        } else if (PDISCONN.equals(kwargs.get("operation"))) {
            sessions.remove(sessid);
        }
    }

    private void typed(long sessid, String line) {
        if (line.startsWith(SHOUT)) {
            sessions.forEach(each -> say(each, line));
        } else if (line.startsWith(LINES)) {
            String[] asked = line.split(" ", -1);
            for (int i = 1; i <= Integer.parseInt(asked[1]); i++) {
                String number = i + " ";
                say(sessid, number + "x".repeat(Integer.parseInt(asked[2]) - number.length()));
            }
        } else {
            say(sessid, line.startsWith(ECHO) ? line.substring(ECHO.length()) : "Exits: none");
        }
    }

    private void say(long sessid, String words) {
        Map<String, ?> text = Map.of("text", List.of(List.of(words + "\n"), Map.of()));
        ask("MsgServer2Portal", sessid, text);
    }

    private void ask(String command, long sessid, Map<String, ?> kwargs) {
        byte[] pickle = PickleWriter.write(Tuple.of(sessid, kwargs));
        Ask ask = new Ask(Integer.toHexString(++tag), command, PackedData.put(Box.EMPTY, pickle));
        out.writeBytes(ask.box().encode());
    }

    private void flush() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        out.reset();
    }
}
