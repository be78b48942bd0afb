package lychgate.transport.web;

import lychgate.plugin.Scheduler;
import lychgate.session.Meters;
import lychgate.transport.Conversation;
import lychgate.transport.Wire;
import lychgate.transport.web.format.Message;

import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * A WebSocket as the wire of a conversation: assembles messages from their fragments, one at a time
 * and within bounds. The bytes written to it are {@link lychgate.transport.web.format.Frames}.
 */
final class WebSocketWire implements Wire, WebSocketChannel.Events {
    /** Maximum size of a message in bytes: ten times the longest line. */
    static final int MAX_MESSAGE = 64 * 1024;

    /** Maximum number of parts of a message: frames, and the pieces in which long ones arrive. */
    static final int MAX_PARTS = 1024;

    /** Timeout for the answer to our close frame, and for the rest of a refused message. */
    static final Duration LINGER = Duration.ofSeconds(1);

    private final WebSocketChannel channel;
    private final Conversation conversation;
    private final FormatDialect dialect;
    private final Scheduler scheduler;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(0);
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
     * @param dialect decodes the messages
     */
    WebSocketWire(
            WebSocketChannel channel,
            Conversation conversation,
            FormatDialect dialect,
            Scheduler scheduler) {
        this.channel = channel;
        this.conversation = conversation;
        this.dialect = dialect;
        this.scheduler = scheduler;
    }

    // Called by the channel.

    @Override
    public void opened() {
        conversation
                .mailbox()
                .run(
                        () -> {
                            conversation.attach(this, dialect);
                            conversation.open();
                            conversation.settled();
                        });
    }

    @Override
    public void received(boolean isText, boolean first, boolean last, byte[] payload) {
        conversation.mailbox().input(() -> take(isText, first, last, payload));
    }

    @Override
    public void clientCloses() {
        conversation.mailbox().input(conversation::inputEnded);
    }

    @Override
    public void closed() {
        conversation.mailbox().run(conversation::closed);
    }

    // A message, on the mailbox.

    private void take(boolean isText, boolean first, boolean last, byte[] payload) {
        if (conversation.isOver()) {
            channel.dealtWith();
            return;
        }
        if (first) {
            text = isText;
        }
        parts++;
        if (refusal == Refusal.NONE) {
            message.writeBytes(payload);
            conversation.bufferedInput(message.size());
            check();
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
        conversation.bufferedInput(0);
        scheduler.after(LINGER, () -> conversation.runUnlessOver(this::refuse));
    }

    private void refuse() {
        Meters meters = conversation.meters();
        if (refusal == Refusal.NOT_UTF8) {
            meters.malformed("websocket_utf8");
        } else {
            meters.refused("websocket_message");
        }
        conversation.finish("");
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
        dialect.received(
                whole,
                () -> {
                    conversation.bufferedInput(0);
                    channel.dealtWith();
                });
    }

    // Called by the conversation.

    @Override
    public void read(boolean on) {
        channel.read(on);
    }

    @Override
    public void write(byte[] frames) {
        channel.write(
                frames,
                () -> conversation.mailbox().run(conversation::written),
                conversation::failed);
    }

    @Override
    public void endOutput() {
        channel.endOutput(
                refusal == Refusal.NONE ? CloseCodes.of(conversation.departure()) : refusal.code);
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
