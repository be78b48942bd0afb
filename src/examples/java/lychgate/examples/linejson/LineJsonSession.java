package lychgate.examples.linejson;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.session.PortalSession;
import lychgate.session.Values;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import javax.net.ssl.SSLSocket;

/**
 * One connection. What the client sends, {@code ["name",[args],{kwargs}]}, becomes a command;
 * commands for the client are written the same way. Two virtual threads: one reads, one writes.
 */
final class LineJsonSession implements PortalSession {
    /** Lines that wait to be written; a client that leaves more unread is cut off. */
    private static final int MAX_WAITING = 1_000;

    private static final String END = "";

    private final Socket socket;
    private final PortalApplication app;
    private final PortalSessionHandler handler;
    private final LineReader lines;
    private final BlockingQueue<String> toWrite = new LinkedBlockingQueue<>(MAX_WAITING);

    LineJsonSession(Socket socket, PortalApplication app) throws IOException {
        this.socket = socket;
        this.app = app;
        this.handler = app.sessions();
        this.lines =
                new LineReader(
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8)),
                        () -> app.limits().maxLine()); // asked each time: a reload may change it
    }

    /** Begins to read and write; runs {@code ended} when the connection is over. */
    void start(Runnable ended) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            if (secured()) {
                                Thread.ofVirtual().start(this::write);
                                read();
                            } else {
                                close();
                            }
                            ended.run();
                        });
    }

    /** Over TLS the handshake comes first: until it is done there is no session. */
    private boolean secured() {
        if (socket instanceof SSLSocket tls) {
            try {
                tls.setSoTimeout(app.limits().tlsHandshakeSeconds() * 1_000);
                tls.startHandshake();
                tls.setSoTimeout(0);
            } catch (IOException e) {
                app.meters().refused("tls_handshake");
                return false;
            }
        }
        return true;
    }

    // What comes from the client.

    private void read() {
        handler.connect(
                this,
                new Opening(
                        "line-json", socket.getInetAddress().getHostAddress(), ClientFacts.NONE));
        handler.settled(this);
        String reason = "connection closed";
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                received(line);
            }
        } catch (IOException e) {
            reason = "connection lost";
        }
        handler.disconnect(this, reason);
        toWrite.clear();
        toWrite.add(END);
    }

    private void received(String line) {
        if (line.equals(LineReader.TOO_LONG)) {
            handler.lineTooLong(this); // the player is told
            return;
        }
        try {
            if (Json.read(line) instanceof List<?> message
                    && message.size() == 3
                    && message.get(0) instanceof String name
                    && !name.isEmpty()
                    && message.get(1) instanceof List<?> args
                    && message.get(2) instanceof Map<?, ?> kwargs) {
                handler.dataIn(
                        this, new CommandTuple(name, Values.list(args), Values.table(kwargs)));
            }
        } catch (MalformedException e) {
            // not ours: dropped
        }
    }

    // What goes to the client.

    @Override
    public void sendText(Output.Text text) {
        send(CommandTuple.text(Renderer.render(text.markup(), RenderStyle.PLAIN)));
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        send(CommandTuple.of("prompt", Renderer.render(prompt.markup(), RenderStyle.PLAIN)));
    }

    @Override
    public void sendDefault(CommandTuple command) {
        send(command);
    }

    /** The game has enough to do for now, or is ready for more. */
    @Override
    public void holdInput(boolean hold) {
        lines.hold(hold);
    }

    @Override
    public void disconnect(String reason) {
        if (!reason.isEmpty()) {
            send(CommandTuple.of("disconnect", Renderer.render(reason, RenderStyle.PLAIN)));
        }
        put(END);
    }

    private void send(CommandTuple command) {
        put(Json.write(command));
    }

    private void put(String line) {
        if (!toWrite.offer(line)) {
            close(); // it does not read
        }
    }

    private void write() {
        try (Writer out =
                new java.io.OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
            for (String line = toWrite.take(); !line.equals(END); line = toWrite.take()) {
                out.write(line);
                out.write('\n');
                if (toWrite.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the reader notices, and ends the session
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed, one way or the other
        }
    }
}
