package lychgate.examples.linejson;

import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.ServerTls;
import lychgate.plugin.Settings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLServerSocket;

/** The service: listens on a port of its own and makes a session of each connection. */
public final class LineJson implements PortalPlugin {
    private static final int DEFAULT_PORT = 6666;

    private final Set<LineJsonSession> sessions = ConcurrentHashMap.newKeySet();
    private int port = DEFAULT_PORT;
    private boolean tls;
    private @Nullable ServerSocket listener;

    @Override
    public String name() {
        return "line-json";
    }

    /** Our section of the configuration: {@code [plugins.line-json] port = 6666}. */
    @Override
    public void configure(Settings settings) {
        port = settings.port("port", DEFAULT_PORT);
        tls = settings.flag("tls", false);
    }

    @Override
    public void start(PortalApplication app) throws IOException {
        ServerSocket opened = tls ? secured(app.tls()) : new ServerSocket();
        opened.bind(new InetSocketAddress(app.listenAddress(), port));
        listener = opened;
        Thread.ofVirtual().name("line-json").start(() -> accept(opened, app));
    }

    /** Serves the portal's own certificate, and each new one after a reload. */
    private static ServerSocket secured(ServerTls tls) throws IOException {
        SSLServerSocket socket =
                (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
        socket.setSSLParameters(tls.parameters());
        return socket;
    }

    @Override
    public OptionalInt port() {
        return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.getLocalPort());
    }

    @Override
    public void closeListener() {
        try {
            if (listener != null) {
                listener.close(); // ends accept()
            }
        } catch (IOException e) {
            // it is closed, one way or the other
        }
    }

    @Override
    public void stop() {
        closeListener();
        sessions.forEach(session -> session.disconnect(""));
    }

    private void accept(ServerSocket opened, PortalApplication app) {
        while (!opened.isClosed()) {
            try {
                Socket socket = opened.accept();
                switch (app.admission().admit(socket.getInetAddress())) {
                    case Admission.Refused _ -> socket.close();
                    case Admission.Admitted(Admission.Place place) -> {
                        LineJsonSession session = new LineJsonSession(socket, app);
                        sessions.add(session);
                        session.start(
                                () -> {
                                    sessions.remove(session);
                                    place.giveBack();
                                });
                    }
                }
            } catch (IOException e) {
                // this connection failed, or the listener was closed
            }
        }
    }
}
