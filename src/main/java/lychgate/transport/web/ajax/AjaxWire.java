package lychgate.transport.web.ajax;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Meters.Direction;
import lychgate.transport.Conversation;
import lychgate.transport.web.format.Frames;
import lychgate.transport.web.session.Carried;
import lychgate.transport.web.session.CloseCodes;
import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.Seat;
import lychgate.transport.web.session.WebWire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The wire of a conversation whose client sends HTTP requests: each poll takes one message. The
 * bytes written to it are {@link Frames}.
 */
final class AjaxWire implements WebWire {
    /** Silence after which a client is gone: more than two polls that are held. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final String TRANSPORT = "ajax";

    private final Carried carried;
    private final Seat seat;
    private final String address;
    private final Consumer<AjaxWire> ended;
    private final Incoming incoming;
    private final Outgoing outgoing = new Outgoing();
    private final Polls polls;
    private final AtomicLong taken = new AtomicLong();
    private volatile long askedAt = System.nanoTime();
    private boolean lastWord;
    private boolean replaced;
    private volatile boolean closed;

    /**
     * @param address of the client
     * @param begin makes its session
     * @param ended told when no more requests are answered
     */
    @SuppressWarnings("this-escape") // it is only kept
    AjaxWire(
            Seat seat,
            String address,
            Function<WebWire, FormatDialect> begin,
            Consumer<AjaxWire> ended) {
        this.seat = seat;
        this.address = address;
        this.ended = ended;
        this.carried = new Carried(begin.apply(this));
        this.incoming = new Incoming(this, carried);
        this.polls = new Polls(carried, outgoing, this::delivered);
    }

    // Requests of the client, on the server's threads.

    /** Opens the session. */
    void open() {
        carried.run(() -> carried.session().begin());
    }

    /** The client is there. */
    void asked() {
        askedAt = System.nanoTime();
    }

    /** The client sends a message. */
    void input(String message, Exchange exchange) {
        conversation().meters().bytes(Direction.IN, message.length());
        carried.input(() -> take(message, exchange), exchange::gone);
    }

    /** The client ends the session, after what it has sent before. */
    void leaves(Exchange exchange) {
        exchange.done();
        carried.input(incoming::leaves, () -> {});
    }

    /** The client is ready for a message. */
    void receive(Exchange exchange) {
        carried.input(() -> poll(exchange), exchange::gone);
    }

    private Conversation conversation() {
        return carried.conversation();
    }

    // On the mailbox.

    private void take(String message, Exchange exchange) {
        if (replaced || conversation().isOver()) {
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
        conversation().meters().bytes(Direction.OUT, message.length);
        if (all && lastWord) {
            end();
        } else if (all) {
            conversation().written();
        }
    }

    private void end() {
        if (!closed) {
            shut();
            if (!replaced) {
                carried.session().lost(this);
            }
        }
    }

    /** No more requests are answered. */
    private void shut() {
        closed = true;
        ended.accept(this);
        polls.end();
        incoming.end();
        outgoing.clear();
    }

    /** Handles what is due at that moment. Any thread may call. */
    void tick(long now) {
        if (isSilent(now) || polls.isDue(now) || incoming.isWaiting()) {
            carried.run(() -> tickNow(now));
        }
    }

    /** Whether a poll is held. Any thread may ask. */
    boolean isPolled() {
        return polls.isHolding();
    }

    private boolean isSilent(long now) {
        return now - askedAt > SILENCE.toNanos();
    }

    private void tickNow(long now) {
        if (isSilent(now) && !closed) {
            conversation().meters().refused("silent");
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
            byte[] more = conversation().more();
            if (more == null) {
                conversation().written(); // the rest comes as a write of its own
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
        sayClosed(CloseCodes.of(conversation().departure()));
    }

    private void sayClosed(int code) {
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
        carried.run(this::end);
    }

    // Coming back.

    /** What the session that it carried so far has said is not for the other. */
    @Override
    public void carries(FormatDialect other) {
        polls.startOver();
        carried.moveTo(other);
    }

    /** The next poll is told so, later ones are refused. */
    @Override
    public void letGo(int code) {
        replaced = true;
        lastWord = true;
        outgoing.clear();
        incoming.end();
        sayClosed(code);
    }

    @Override
    public boolean isGone() {
        return closed;
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public String transport() {
        return TRANSPORT;
    }

    @Override
    public String address() {
        return address;
    }
}
