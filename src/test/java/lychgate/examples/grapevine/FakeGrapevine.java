package lychgate.examples.grapevine;

import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** A network like Grapevine with one client, to which a test says what it says. */
final class FakeGrapevine implements AutoCloseable {
    /** RFC 6455, 4.2.2. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 3, (byte) 0xe9};
    private static final int FINAL = 0x80;
    private static final int SHORT = 126;

    private final ServerSocket listener;
    private @Nullable Socket client;

    FakeGrapevine() {
        try {
            listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            listener.setSoTimeout(Await.PATIENCE_SECONDS * 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/socket");
    }

    /** Waits for the next client, and opens the WebSocket. */
    FakeGrapevine accepts() {
        try {
            Socket accepted = listener.accept();
            accepted.setSoTimeout(Await.PATIENCE_SECONDS * 1_000);
            client = accepted;
            String key = "";
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + Base64.getEncoder().encodeToString(hash)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = there().getInputStream().read(); b != '\n'; ) {
            if (b < 0) {
                throw new IOException("the client has gone");
            }
            line.append((char) b);
            b = there().getInputStream().read();
        }
        return line.toString().strip();
    }

    /** The next message of the client, all of which are short. */
    String next() {
        try {
            DataInputStream in = new DataInputStream(there().getInputStream());
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            if (length == SHORT) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] text = in.readNBytes(length);
            for (int i = 0; i < text.length; i++) {
                text[i] ^= mask[i % 4];
            }
            return first == (FINAL | PING) ? next() : new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeGrapevine sends(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | TEXT);
        if (text.length < SHORT) {
            frame.write(text.length);
        } else {
            frame.write(SHORT);
            frame.write(text.length >> 8);
            frame.write(text.length);
        }
        frame.writeBytes(text);
        write(frame.toByteArray());
        return this;
    }

    /** Closes the connection, as a network that restarts. */
    void hangsUp() {
        write(GOING_AWAY);
        cuts();
    }

    /** Closes the connection without a word, as a proxy or a network that dies. */
    void cuts() {
        try {
            there().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes) {
        try {
            OutputStream out = there().getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket there() {
        return Objects.requireNonNull(client);
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
