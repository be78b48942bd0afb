package lychgate.examples.linejson;

import lychgate.plugin.PortalApplication;
import lychgate.transport.Conversation;
import lychgate.transport.Reading.Pause;
import lychgate.transport.Wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import javax.net.ssl.SSLSocket;

/**
 * A conversation's wire over a blocking socket. One virtual thread reads, and each write has its
 * own.
 */
final class SocketWire implements Wire {
    /** Maximum bytes of a read. */
    private static final int PORTION = 1024;

    /** How long the connection lingers after its output was closed. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Socket socket;
    private final PortalApplication app;
    private final Conversation conversation;
    private final Consumer<SocketWire> gone;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean readable; // guarded by this
    private volatile boolean inputEnded;
    private volatile boolean outputEnded;

    /**
     * @param gone called once, when the connection is closed
     */
    SocketWire(
            Socket socket,
            PortalApplication app,
            Conversation conversation,
            Consumer<SocketWire> gone) {
        this.socket = socket;
        this.app = app;
        this.conversation = conversation;
        this.gone = gone;
    }

    /**
     * Reads until EOF.
     *
     * @param received processes each portion, on the conversation's mailbox
     */
    void readAll(Consumer<byte[]> received) {
        byte[] buffer = new byte[PORTION];
        try {
            InputStream in = socket.getInputStream();
            for (int length = 0; length >= 0; ) {
                length = in.read(buffer);
                if (length > 0) {
                    waitUntilReadable();
                    hand(Arrays.copyOf(buffer, length), received);
                }
            }
            conversation.mailbox().run(conversation::inputEnded);
        } catch (IOException e) {
            close(); // the client is gone
        }
    }

    /** Passes a portion on. No more is read until it has been processed. */
    private void hand(byte[] bytes, Consumer<byte[]> received) {
        conversation.pause(Pause.BACKLOG, true);
        conversation
                .mailbox()
                .input(
                        () -> {
                            conversation.pause(Pause.BACKLOG, false);
                            received.accept(bytes);
                        });
    }

    @Override
    public synchronized void read(boolean on) {
        readable = on;
        notifyAll();
    }

    private synchronized void waitUntilReadable() throws IOException {
        try {
            while (!readable && !socket.isClosed()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void write(byte[] bytes) {
        Thread.startVirtualThread(
                () -> {
                    try {
                        socket.getOutputStream().write(bytes);
                        taken.addAndGet(bytes.length);
                        conversation.mailbox().run(conversation::written);
                    } catch (IOException e) {
                        conversation.failed(e);
                    }
                });
    }

    /** Over TLS this sends close_notify too. */
    @Override
    public void endOutput() {
        Thread.startVirtualThread(
                () -> {
                    try {
                        socket.shutdownOutput();
                    } catch (IOException e) {
                        close(); // the client is gone
                    }
                    outputEnded = true;
                    closeIfBothEnded();
                    app.scheduler().after(LINGER, this::close);
                });
    }

    @Override
    public void inputEnded() {
        inputEnded = true;
        closeIfBothEnded();
    }

    private void closeIfBothEnded() {
        if (inputEnded && outputEnded) {
            close();
        }
    }

    @Override
    public long taken() {
        return taken.get();
    }

    @Override
    public boolean isClosing() {
        return closed.get();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            Thread.startVirtualThread(
                    () -> {
                        closeSocket();
                        read(true); // wakes up the reader
                        conversation.mailbox().run(conversation::closed);
                        gone.accept(this);
                    });
        }
    }

    /**
     * With TLS, close() would wait until close_notify is written; a client that does not read would
     * block it.
     */
    private void closeSocket() {
        try {
            if (socket instanceof SSLSocket) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // closed anyway
        }
    }
}
