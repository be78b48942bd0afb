package lychgate.transport;

import lychgate.plugin.Mailbox;
import lychgate.session.Trace;
import lychgate.transport.trace.Tap;

/** A conversation's trace for other threads. */
record TracedConversation(Mailbox mailbox, Tap tap) implements Trace {
    @Override
    public void follow(Follower follower, boolean live) {
        mailbox.run(() -> tap.follow(follower, live));
    }

    @Override
    public void leave(Follower follower) {
        mailbox.run(() -> tap.leave(follower));
    }
}
