package lychgate.transport.web.ajax;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Meters.Direction;
import lychgate.transport.Conversation;
import lychgate.transport.Wire;
import lychgate.transport.web.format.Frames;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The wire of a conversation whose client sends HTTP requests: each poll takes one message. The
 * bytes written to it are {@link Frames}.
 */
final class AjaxWire implements Wire {
    /** Silence after which a client is gone: more than two polls that are held. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private final Conversation conversation;
    private final AjaxClients clients;
    private final Consumer<AjaxWire> ended;
    private final Incoming incoming;
    private final Outgoing outgoing = new Outgoing();
    private final Polls polls;
    private final AtomicLong taken = new AtomicLong();
    private volatile long askedAt = System.nanoTime();
    private boolean lastWord;
    private volatile boolean closed;

    /**
     * @param ended told when no more requests are answered
     */
    AjaxWire(AjaxClients.Begun begun, AjaxClients clients, Consumer<AjaxWire> ended) {
        this.conversation = begun.conversation();
        this.clients = clients;
        this.ended = ended;
        this.incoming = new Incoming(conversation, begun.dialect());
        this.polls = new Polls(conversation.mailbox(), outgoing, this::delivered);
    }

    // Requests of the client, on the server's threads.

    /** Opens the session. */
    void open(MessageDialect dialect) {
        conversation
                .mailbox()
                .runAsOwner(
                        () -> {
                            conversation.attach(this, dialect);
                            conversation.open();
                            conversation.settled();
                        });
    }

    /** The client is there. */
    void asked() {
        askedAt = System.nanoTime();
    }

    /** The client sends a message. */
    void input(String message, Exchange exchange) {
        conversation.meters().bytes(Direction.IN, message.length());
        conversation.mailbox().input(() -> take(message, exchange));
    }

    /** The client ends the session, after what it has sent before. */
    void leaves(Exchange exchange) {
        exchange.done();
        conversation.mailbox().input(incoming::leaves);
    }

    /** The client is ready for a message. */
    void receive(Exchange exchange) {
        conversation.mailbox().runAsOwner(() -> poll(exchange));
    }

    // On the mailbox.

    private void take(String message, Exchange exchange) {
        if (conversation.isOver()) {
            exchange.gone();
        } else {
            incoming.said(message, exchange, System.nanoTime());
        }
    }

    private void poll(Exchange exchange) {
        if (closed) {
            exchange.gone();
        } else {
            polls.add(exchange, System.nanoTime());
        }
    }

    /** A message is on its way. */
    private void delivered(byte[] message, boolean all) {
        taken.addAndGet(message.length);
        conversation.meters().bytes(Direction.OUT, message.length);
        if (all && lastWord) {
            end();
        } else if (all) {
            conversation.written();
        }
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        ended.accept(this);
        polls.end();
        incoming.end();
        outgoing.clear();
        conversation.closed();
    }

    /** Handles what is due at that moment. Any thread may call. */
    void tick(long now) {
        if (isSilent(now) || polls.isDue(now) || incoming.isWaiting()) {
            conversation.mailbox().run(() -> tickNow(now));
        }
    }

    private boolean isSilent(long now) {
        return now - askedAt > SILENCE.toNanos();
    }

    private void tickNow(long now) {
        if (isSilent(now) && !closed) {
            conversation.meters().refused("silent");
            end();
        } else {
            incoming.tick(now);
            polls.tick(now);
        }
    }

    // Called by the conversation.

    @Override
    public void read(boolean on) {
        incoming.read(on);
    }

    @Override
    public void write(byte[] frames) {
        boolean unfinished = outgoing.write(frames);
        while (unfinished) {
            byte[] more = conversation.more();
            if (more == null) {
                conversation.written(); // the rest comes as a write of its own
                return;
            }
            unfinished = outgoing.write(more);
        }
        polls.deliver();
    }

    /** The last that the client hears. */
    @Override
    public void endOutput() {
        lastWord = true;
        int code = clients.closeCode(conversation.departure());
        CommandTuple over =
                new CommandTuple("connection_close", List.of(), Map.of("code", (long) code));
        outgoing.add(Json.write(over).getBytes(StandardCharsets.UTF_8));
        polls.deliver();
    }

    /** A client that has left need not listen. */
    @Override
    public void inputEnded() {
        if (polls.isEmpty()) {
            end();
        }
    }

    @Override
    public long taken() {
        return taken.get();
    }

    @Override
    public boolean isClosing() {
        return closed;
    }

    @Override
    public void close() {
        conversation.mailbox().run(this::end);
    }
}
