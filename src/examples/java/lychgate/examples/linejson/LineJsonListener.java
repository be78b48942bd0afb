package lychgate.examples.linejson;

import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLSocket;

/** Accepts connections, and opens a session for each that is admitted. */
final class LineJsonListener {
    private final String protocol;
    private final ServerSocket listener;
    private final PortalApplication app;
    private final Conversations conversations;
    private final Set<SocketWire> open = ConcurrentHashMap.newKeySet();

    LineJsonListener(String protocol, ServerSocket listener, PortalApplication app) {
        this.protocol = protocol;
        this.listener = listener;
        this.app = app;
        this.conversations = new Conversations(app, System::nanoTime);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Accepts connections until the listener is closed. */
    void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                switch (app.admission().admit(socket.getInetAddress())) {
                    case Admission.Refused _ -> socket.close();
                    case Admission.Admitted(Admission.Place place) ->
                            Thread.startVirtualThread(() -> serve(socket, place));
                }
            } catch (IOException e) {
                // this connection failed, or the listener was closed
            }
        }
    }

    /** Closes the listener; open connections stay. */
    void close() {
        try {
            listener.close(); // ends accept()
        } catch (IOException e) {
            // closed anyway
        }
    }

    /** Whether there are no open connections. */
    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Closes the listener and all connections. */
    void stop() {
        close();
        conversations.stop();
        open.forEach(SocketWire::close);
    }

    private void serve(Socket socket, Admission.Place place) {
        if (isSecured(socket)) {
            speak(socket, place);
        } else {
            place.giveBack();
        }
    }

    /** Over TLS, does the handshake first; the session is opened only after it. */
    private boolean isSecured(Socket socket) {
        if (socket instanceof SSLSocket tls) {
            try {
                tls.setSoTimeout(app.limits().tlsHandshakeSeconds() * 1_000);
                tls.startHandshake();
                tls.setSoTimeout(0);
            } catch (IOException e) {
                app.meters().refused("tls_handshake");
                closeQuietly(socket);
                return false;
            }
        }
        return true;
    }

    /** Runs one session from start to end. */
    private void speak(Socket socket, Admission.Place place) {
        String address = socket.getInetAddress().getHostAddress();
        Conversation conversation =
                conversations.begin(
                        Thread::startVirtualThread,
                        new Opening(protocol, address, ClientFacts.NONE));
        LineJsonDialect dialect =
                new LineJsonDialect(conversation, () -> app.limits().subnegotiationBytes());
        SocketWire wire =
                new SocketWire(
                        socket,
                        app,
                        conversation,
                        ended -> {
                            open.remove(ended);
                            place.giveBack();
                        });
        open.add(wire);
        conversation
                .mailbox()
                .run(
                        () -> {
                            conversation.attach(wire, dialect);
                            conversation.open();
                            conversation.settled();
                        });
        wire.readAll(dialect::received);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed anyway
        }
    }
}
