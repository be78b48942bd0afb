package lychgate.transport.web;

import lychgate.plugin.Scheduler;
import lychgate.transport.Conversation;
import lychgate.transport.telnet.Ending;
import lychgate.transport.telnet.TelnetChain;
import lychgate.transport.web.session.CloseCodes;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Telnet inside a WebSocket's binary messages, with the same chain as over TCP. Message boundaries
 * have no meaning.
 */
final class TelnetTunnel implements WebSocketChannel.Events, Ending {
    private final WebSocketChannel channel;
    private final TunnelSession io;
    private final Scheduler scheduler;
    private final Executor threads;
    private boolean reading; // guarded by this
    private @Nullable Runnable held; // guarded by this

    /**
     * @param telnet builds the chain
     * @param client creates the description of the client, given how its connection ends
     */
    TelnetTunnel(
            WebSocketChannel channel,
            TelnetChain telnet,
            Function<Ending, TelnetChain.Client> client,
            Scheduler scheduler) {
        TelnetChain.Client known = client.apply(this);
        this.channel = channel;
        this.io = new TunnelSession(channel, this::read);
        this.scheduler = scheduler;
        this.threads = known.loop();
        telnet.addTo(io.getFilterChain(), known);
    }

    @Override
    public void opened() {
        IoFilterChain chain = io.getFilterChain();
        chain.fireSessionCreated();
        chain.fireSessionOpened();
        read(!io.isReadSuspended());
    }

    /** A frame that was already demanded can still arrive after reading was stopped: it is held. */
    private synchronized void read(boolean on) {
        reading = on;
        Runnable next = held;
        if (on && next != null) {
            held = null;
            threads.execute(next);
        }
        channel.read(on);
    }

    /** The chain pauses reading by itself when it has enough to do. */
    @Override
    public void received(boolean text, boolean first, boolean last, byte[] payload) {
        whenRead(
                () -> {
                    io.getFilterChain().fireMessageReceived(IoBuffer.wrap(payload));
                    channel.dealtWith();
                });
    }

    @Override
    public void clientCloses() {
        whenRead(io.getFilterChain()::fireInputClosed);
    }

    private void whenRead(Runnable task) {
        synchronized (this) {
            if (!reading) {
                held = task;
                return;
            }
        }
        task.run();
    }

    @Override
    public void closed() {
        io.closeNow();
        io.getFilterChain().fireSessionClosed();
    }

    // Closing.

    @Override
    public void endOutput() {
        Conversation ended = TelnetChain.conversation(io);
        channel.endOutput(ended == null ? CloseCodes.OVER : CloseCodes.of(ended.departure()));
        scheduler.after(WebSocketWire.LINGER, channel::abort);
    }

    @Override
    public void inputEnded() {} // the answer to the client's close ends both sides
}
