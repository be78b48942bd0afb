package lychgate.load;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A game that appends each line to a file as it executes it, and then repeats it, with the number
 * of its own life: 1 for the first that used the file. What is in the file outlives a {@code kill
 * -9} of the game. {@code first} is answered with the first line of the session, which is kept as
 * its data. {@code shout TEXT} is told to all sessions, and not recorded.
 */
public final class RecordingGame implements Game {
    /** The system property that names the file. */
    static final String FILE = "lychgate.load.record";

    /** The greeting of a new session. */
    static final String WELCOME = "Welcome";

    /** A line for which the game returns what it has kept of the session. */
    static final String KEPT = "first";

    /** Stands in the file where a life begins. */
    static final String BEGIN = "begin";

    /** Begins a line that is told to all. */
    static final String SHOUT = "shout ";

    private @Nullable GameHost host;
    private @Nullable FileChannel file;
    private long life;

    @Override
    public void start(GameHost started) throws IOException {
        host = started;
        Path path = Path.of(System.getProperty(FILE, ""));
        FileChannel opened =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        file = opened;
        record(BEGIN);
        life = Files.readAllLines(path).stream().filter(BEGIN::equals).count();
    }

    @Override
    public void greet(ServerSession session) {
        session.msg(Markup.literal(WELCOME));
    }

    @Override
    public void text(ServerSession session, PlayerText line) {
        String words = line.typed();
        if (words.equals(KEPT)) {
            session.msg(Markup.literal(KEPT + " " + session.data(KEPT)));
            return;
        }
        if (words.startsWith(SHOUT)) {
            GameHost all = Objects.requireNonNull(host, "not started");
            all.msg(all.sessions(), Message.text(Markup.literal(words)));
            return;
        }
        record(words);
        if (session.data(KEPT) == null) {
            session.data(KEPT, words);
        }
        session.msg(Markup.literal(words + " " + life));
    }

    private void record(String line) {
        try {
            Objects.requireNonNull(file, "not started")
                    .write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
