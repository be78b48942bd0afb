package lychgate.transport;

import lychgate.plugin.PortalSessionHandler;
import lychgate.transport.Reading.Pause;

/** Reacts to the state of a conversation's send queue. */
final class QueueEvents implements SendQueue.Events {
    private final Conversation conversation;
    private final PortalSessionHandler sessions;

    QueueEvents(Conversation conversation, PortalSessionHandler sessions) {
        this.conversation = conversation;
        this.sessions = sessions;
    }

    @Override
    public void writable(boolean writable) {
        conversation.pause(Pause.BEHIND, !writable);
        sessions.writable(conversation, writable);
    }

    @Override
    public void overflowed(String limit) {
        conversation.mailbox().run(() -> conversation.cut(limit));
    }

    @Override
    public void drained() {
        conversation.endOutput();
    }
}
