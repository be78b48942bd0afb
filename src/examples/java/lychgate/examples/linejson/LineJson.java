package lychgate.examples.linejson;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.ServerTls;
import lychgate.plugin.Settings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

import javax.net.ssl.SSLServerSocket;

/** The service: listens on its own port, and opens a session for each connection. */
public final class LineJson implements PortalPlugin {
    private static final int DEFAULT_PORT = 6666;

    private int port = DEFAULT_PORT;
    private boolean tls;
    private @Nullable LineJsonListener listener;

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
        ServerSocket socket = tls ? secured(app.tls()) : new ServerSocket();
        socket.bind(new InetSocketAddress(app.listenAddress(), port));
        LineJsonListener started = new LineJsonListener(name(), socket, app);
        listener = started;
        Thread.ofVirtual().name(name()).start(started::accept);
    }

    /** A TLS socket with the portal's certificate; after a reload, with the new one. */
    private static ServerSocket secured(ServerTls tls) throws IOException {
        SSLServerSocket socket =
                (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
        socket.setSSLParameters(tls.parameters());
        return socket;
    }

    @Override
    public OptionalInt port() {
        return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.port());
    }

    @Override
    public void closeListener() {
        if (listener != null) {
            listener.close();
        }
    }

    @Override
    public boolean drained() {
        return listener == null || listener.isEmpty();
    }

    @Override
    public void stop() {
        if (listener != null) {
            listener.stop();
        }
    }
}
