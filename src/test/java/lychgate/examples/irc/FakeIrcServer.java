package lychgate.examples.irc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An IRC server with one client, to which a test says what it says, line by line. */
public final class FakeIrcServer implements AutoCloseable {
    private static final String NAME = ":irc.test ";

    private final ServerSocket listener;
    private Duration patience = Duration.ofSeconds(Await.PATIENCE_SECONDS);
    private @Nullable Socket client;
    private @Nullable BufferedReader lines;

    public FakeIrcServer() {
        this(plain());
    }

    /** With a listener of its own, as for TLS. */
    FakeIrcServer(ServerSocket listener) {
        this.listener = listener;
    }

    private static ServerSocket plain() {
        try {
            return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How long it waits for the next client, and for each of its lines. */
    public FakeIrcServer patience(Duration most) {
        patience = most;
        return this;
    }

    /** Waits for the next client, and hears its first lines. */
    public FakeIrcServer accepts(String nick) {
        try {
            listener.setSoTimeout((int) patience.toMillis());
            Socket accepted = listener.accept();
            accepted.setSoTimeout((int) patience.toMillis());
            client = accepted;
            lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    accepted.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hears("CAP LS 302")
                .hears("USER lychgate 8 * :a bridge to a text game")
                .hears("NICK " + nick);
    }

    /** Lets it in, and into the channel. */
    public FakeIrcServer welcomes(String nick, String channel) {
        greets(nick);
        awaits("JOIN " + channel);
        return sends(":" + nick + "!lychgate@host JOIN " + channel)
                .sends(NAME + "353 " + nick + " = " + channel + " :" + nick + " @op")
                .sends(NAME + "366 " + nick + " " + channel + " :End of /NAMES list.");
    }

    /** Lets it in. */
    FakeIrcServer greets(String nick) {
        return sends(NAME + "CAP * LS :")
                .sends(NAME + "001 " + nick + " :Welcome")
                .sends(NAME + "004 " + nick + " irc.test fake-1 iw nt")
                .sends(NAME + "005 " + nick + " CHANTYPES=# PREFIX=(ov)@+ :are supported")
                .sends(NAME + "376 " + nick + " :End of MOTD");
    }

    public FakeIrcServer sends(String line) {
        return sendsRaw(line + "\r\n");
    }

    FakeIrcServer sendsRaw(String text) {
        try {
            there().getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Exactly this line is next. */
    FakeIrcServer hears(String line) {
        assertEquals(line, next());
        return this;
    }

    /** This line comes, whatever comes before it. */
    public FakeIrcServer awaits(String line) {
        StringBuilder before = new StringBuilder();
        for (String heard = next(); !line.equals(heard); heard = next()) {
            before.append(heard).append('\n');
            if (heard == null) {
                throw new AssertionError(line + " did not come, but " + before);
            }
        }
        return this;
    }

    /** A line comes that contains this, whatever comes before it. */
    public FakeIrcServer awaitsPart(String part) {
        StringBuilder before = new StringBuilder();
        for (String heard = next(); heard == null || !heard.contains(part); heard = next()) {
            before.append(heard).append('\n');
            if (heard == null) {
                throw new AssertionError(part + " did not come, but " + before);
            }
        }
        return this;
    }

    /** The client has closed the connection; what it says before does not matter. */
    void awaitsTheEnd() {
        String line = next();
        while (line != null) {
            line = next();
        }
    }

    /** Cuts the connection. */
    void hangsUp() {
        try {
            there().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable String next() {
        BufferedReader reader = lines;
        if (reader == null) {
            throw new IllegalStateException("nobody has connected");
        }
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket there() {
        Socket socket = client;
        if (socket == null) {
            throw new IllegalStateException("nobody has connected");
        }
        return socket;
    }

    @Override
    public void close() {
        try {
            listener.close();
            if (client != null) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
