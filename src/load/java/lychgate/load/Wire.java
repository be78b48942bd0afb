package lychgate.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A connection to a local portal, from a chosen source address. It speaks lines of telnet. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private static final Pattern NOT_SHOWN =
            Pattern.compile("\u00ff[\u00fb-\u00fe].|\u00ff[\u00f0-\u00fa]|\u001b\\[[0-9;]*m");

    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * Connects.
     *
     * @param from an address of 127.0.0.0/8
     * @param receiveBuffer size of the receive buffer; 0: the system's default
     */
    Wire(int port, String from, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Logs in as a guest. */
    Wire guest() throws IOException {
        say("guest");
        await("Exits");
        return this;
    }

    void say(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads until one of these has arrived. Returns which. */
    int await(String... words) throws IOException {
        return await(new StringBuilder(), words);
    }

    private int await(StringBuilder read, String... words) throws IOException {
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed, having said: " + read.toString().strip());
            }
            read.append((char) b);
            for (int i = 0; i < words.length; i++) {
                if (read.length() >= words[i].length()
                        && read.indexOf(words[i], read.length() - words[i].length()) >= 0) {
                    return i;
                }
            }
        }
    }

    /** Reads up to these words, which are left out. */
    String upTo(String words) throws IOException {
        StringBuilder read = new StringBuilder();
        await(read, words);
        return read.substring(0, read.length() - words.length());
    }

    /** Reads so many bytes. */
    byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** The next line without its end; telnet commands in it are kept. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    /** A line without telnet commands and colours. */
    static String plain(String line) {
        boolean isPlain = line.indexOf('\u001b') < 0 && line.indexOf('\u00ff') < 0;
        return isPlain ? line : NOT_SHOWN.matcher(line).replaceAll("");
    }

    /** Sets the read timeout; 0: none. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Reads and discards all further output, on its own thread. */
    Wire drain() throws IOException {
        socket.setSoTimeout(0);
        Thread.ofVirtual().start(this::forget);
        return this;
    }

    private void forget() {
        byte[] buffer = new byte[16 * 1024];
        try {
            int length;
            do {
                length = socket.getInputStream().read(buffer);
            } while (length >= 0);
        } catch (IOException e) {
            // the connection was closed
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
