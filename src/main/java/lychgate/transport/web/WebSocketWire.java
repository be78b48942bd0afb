package lychgate.transport.web;

import lychgate.plugin.Scheduler;
import lychgate.session.Meters;
import lychgate.transport.Conversation;
import lychgate.transport.web.format.Message;
import lychgate.transport.web.session.Carried;
import lychgate.transport.web.session.CloseCodes;
import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.Seat;
import lychgate.transport.web.session.WebWire;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * A WebSocket as the wire of a conversation: assembles messages from their fragments, one at a time
 * and within bounds. The bytes written to it are {@link lychgate.transport.web.format.Frames}.
 */
final class WebSocketWire implements WebWire, WebSocketChannel.Events {
    /** Maximum size of a message in bytes: ten times the longest line. */
    static final int MAX_MESSAGE = 64 * 1024;

    /** Maximum number of parts of a message: frames, and the pieces in which long ones arrive. */
    static final int MAX_PARTS = 1024;

    /** Timeout for the answer to our close frame, and for the rest of a refused message. */
    static final Duration LINGER = Duration.ofSeconds(1);

    private final WebSocketChannel channel;
    private final Seat seat;
    private final String address;
    private final Scheduler scheduler;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(0);
    private final Carried carried;
    private boolean gone;
    private Refusal refusal = Refusal.NONE;
    private int parts;
    private boolean text;

    /** Why a message is refused, which ends the session. */
    private enum Refusal {
        NONE(CloseCodes.OVER),
        TOO_LONG(CloseCodes.TOO_LONG),
        TOO_MANY_PARTS(CloseCodes.LIMIT),
        NOT_UTF8(CloseCodes.NOT_UTF8);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }
    }

    /**
     * @param address of the client
     * @param begin makes its session
     */
    @SuppressWarnings("this-escape") // it is only kept
    WebSocketWire(
            WebSocketChannel channel,
            Seat seat,
            String address,
            Function<WebWire, FormatDialect> begin,
            Scheduler scheduler) {
        this.channel = channel;
        this.seat = seat;
        this.address = address;
        this.scheduler = scheduler;
        this.carried = new Carried(begin.apply(this));
    }

    // Called by the channel.

    @Override
    public void opened() {
        carried.run(() -> carried.session().begin());
    }

    @Override
    public void received(boolean isText, boolean first, boolean last, byte[] payload) {
        carried.input(() -> take(isText, first, last, payload), channel::dealtWith);
    }

    @Override
    public void clientCloses() {
        carried.input(() -> carried.session().clientCloses(this), () -> {});
    }

    @Override
    public void closed() {
        carried.run(
                () -> {
                    gone = true;
                    carried.session().lost(this);
                });
    }

    private Conversation conversation() {
        return carried.conversation();
    }

    // A message, on the mailbox.

    private void take(boolean isText, boolean first, boolean last, byte[] payload) {
        if (conversation().isOver()) {
            channel.dealtWith();
            return;
        }
        if (first) {
            text = isText;
        }
        parts++;
        if (refusal == Refusal.NONE) {
            message.writeBytes(payload);
            check();
            if (!last) {
                conversation().bufferedInput(message.size());
            }
        }
        if (refusal != Refusal.NONE && last) {
            refuse();
        }
        if (refusal == Refusal.NONE && last) {
            deal();
        } else {
            channel.dealtWith();
        }
    }

    private void check() {
        if (message.size() > MAX_MESSAGE) {
            refuseAtItsEnd(Refusal.TOO_LONG);
        } else if (parts > MAX_PARTS) {
            refuseAtItsEnd(Refusal.TOO_MANY_PARTS);
        }
    }

    /**
     * At the end of the message: a client closed while it sends would see a reset, not our code.
     */
    private void refuseAtItsEnd(Refusal why) {
        refusal = why;
        message.reset();
        conversation().bufferedInput(0);
        scheduler.after(LINGER, () -> conversation().runUnlessOver(this::refuse));
    }

    private void refuse() {
        Meters meters = conversation().meters();
        if (refusal == Refusal.NOT_UTF8) {
            meters.malformed("websocket_utf8");
        } else {
            meters.refused("websocket_message");
        }
        conversation().finish("");
    }

    private void deal() {
        byte[] bytes = message.toByteArray();
        message.reset();
        parts = 0;
        Message whole = text ? Message.Text.of(bytes) : new Message.Binary(bytes);
        if (whole == null) {
            refusal = Refusal.NOT_UTF8;
            refuse();
            channel.dealtWith();
            return;
        }
        carried.session().received(whole, channel::dealtWith);
    }

    // Called by the conversation.

    @Override
    public void read(boolean on) {
        channel.read(on);
    }

    @Override
    public void write(byte[] frames) {
        FormatDialect writer = carried.session();
        Conversation conversation = writer.conversation();
        channel.write(
                frames,
                () -> carried.runFor(writer, conversation::written),
                cause -> carried.runFor(writer, () -> conversation.failed(cause)));
    }

    @Override
    public void carries(FormatDialect other) {
        carried.moveTo(other);
    }

    /** What the client still sends is read, so that it gets to see the close code. */
    @Override
    public void letGo(int code) {
        carried.letGo();
        channel.read(true);
        channel.endOutput(code);
        scheduler.after(LINGER, channel::abort);
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public String transport() {
        return WebConfig.WEBSOCKET;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void endOutput() {
        channel.endOutput(
                refusal == Refusal.NONE ? CloseCodes.of(conversation().departure()) : refusal.code);
        scheduler.after(LINGER, channel::abort);
    }

    @Override
    public long taken() {
        return channel.taken();
    }

    @Override
    public boolean isClosing() {
        return channel.isClosing();
    }

    @Override
    public void close() {
        channel.abort();
    }
}
