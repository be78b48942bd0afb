package lychgate.transport.web.ajax;

import lychgate.transport.Conversation;
import lychgate.transport.web.format.Message;
import lychgate.transport.web.session.Carried;
import lychgate.transport.web.session.WebWire;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the client has sent, processed one message at a time. A request is answered when its message
 * has been processed, which slows the client down; or after a while, for browsers that wait no
 * longer. Runs on the mailbox, except {@link #read} and {@link #isWaiting}.
 */
final class Incoming {
    /** Maximum number of messages that wait. */
    static final int MAX_MESSAGES = 16;

    /** Maximum number of characters that they have together. */
    static final int MAX_CHARACTERS = 64 * 1024;

    /** How long an answer is held back: Evennia's client gives up after 30 s. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebWire wire;
    private final Carried carried;
    private final Queue<Said> waiting = new ArrayDeque<>(1);
    private @Nullable Said current;
    private int characters;
    private boolean leaving;
    private volatile boolean reading;
    private volatile boolean isWaiting;

    /**
     * A message.
     *
     * @param at when it came
     */
    private record Said(String message, Exchange exchange, long at) {
        void answerIfLate(long now) {
            if (now - at >= PATIENCE.toNanos()) {
                exchange.done();
            }
        }
    }

    Incoming(WebWire wire, Carried carried) {
        this.wire = wire;
        this.carried = carried;
    }

    private Conversation conversation() {
        return carried.conversation();
    }

    /** Starts or stops reading. Any thread may call. */
    void read(boolean on) {
        reading = on;
        if (on) {
            later();
        }
    }

    private void later() {
        conversation().mailbox().inputLater(() -> carried.run(this::process));
    }

    /** Whether a message waits, or is being processed. Any thread may ask. */
    boolean isWaiting() {
        return isWaiting;
    }

    /** The client has sent a message. */
    void said(String message, Exchange exchange, long now) {
        int more = characters + message.length();
        if (waiting.size() >= MAX_MESSAGES || (characters > 0 && more > MAX_CHARACTERS)) {
            conversation().meters().refused("ajax_input");
            exchange.refuse(HttpStatus.TOO_MANY_REQUESTS_429, "Too many messages wait.");
            return;
        }
        characters = more;
        waiting.add(new Said(message, exchange, now));
        isWaiting = true;
        process();
    }

    /** The client leaves, once what it has sent before has been processed. */
    void leaves() {
        leaving = true;
        process();
    }

    /** Processes one message, and those behind it when other sessions have had their turn. */
    private void process() {
        if (conversation().isOver()) {
            end();
        }
        if (current != null || !reading) {
            return;
        }
        Said next = waiting.poll();
        if (next == null) {
            if (leaving) {
                carried.session().clientCloses(wire);
            }
            return;
        }
        current = next;
        carried.session()
                .received(new Message.Text(next.message), () -> carried.run(() -> processed(next)));
    }

    private void processed(Said said) {
        current = null;
        characters -= said.message.length();
        isWaiting = !waiting.isEmpty();
        conversation().bufferedInput(characters);
        said.exchange.done();
        if (isWaiting || leaving) {
            later();
        }
    }

    /** Answers those that have waited for long; their messages stay. */
    void tick(long now) {
        if (current != null) {
            current.answerIfLate(now);
        }
        waiting.forEach(said -> said.answerIfLate(now));
    }

    /** The session is over. */
    void end() {
        waiting.forEach(said -> said.exchange.gone());
        waiting.clear();
        isWaiting = false;
    }
}
