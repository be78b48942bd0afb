package lychgate.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy that can cut its connections. */
final class CutProxy implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket listener;
    private final int to;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Listens on one port, and connects to another. */
    CutProxy(int from, int to) throws IOException {
        this.to = to;
        listener = new ServerSocket(from, 50, HERE);
        Thread.ofVirtual().start(this::accept);
    }

    /** Cuts all connections, in the middle of whatever they carry; new ones are let through. */
    void cut() {
        for (Socket socket : List.copyOf(sockets)) {
            sockets.remove(socket);
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // it has ended by itself
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (true) {
            try {
                Socket near = listener.accept();
                sockets.add(near);
                Socket far = new Socket(HERE, to);
                sockets.add(far);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut, or ended
        }
    }
}
