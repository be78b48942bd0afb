package lychgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** How test clients end their connections. */
public final class Sockets {
    private Sockets() {}

    /** Closes it. */
    public static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes it as a client that crashed: the other end gets a reset. */
    public static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
