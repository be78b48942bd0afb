package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Feature;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.Outbound;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Conversation;
import lychgate.transport.Dialect;

import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The upper end of a telnet chain: passes inbound messages to the conversation, and sends the
 * game's output down the chain.
 */
final class TelnetDialect implements Dialect {
    /** Output idle time after which a compressed session returns its deflater to the pool. */
    private static final long DEFLATER_IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How often the round trip is measured, if keepalives are on. */
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final IoSession io;
    private final Conversation conversation;
    private final Links links;
    private final Supplier<OptionalInt> webPort;
    private final long nopNanos;
    private boolean lineSeen;
    private long measuredAt = System.nanoTime();

    /** The filters of the chain that the dialect calls directly. */
    record Links(
            TelnetWire wire,
            TelnetCodecFilter codec,
            NegotiationFilter negotiation,
            Shortcuts shortcuts) {}

    /**
     * @param webPort the web port, for the answer to an HTTP request
     * @param nopNanos idle time after which a NOP is sent as a keepalive; 0: never
     */
    TelnetDialect(
            IoSession io,
            Conversation conversation,
            Links links,
            Supplier<OptionalInt> webPort,
            long nopNanos) {
        this.io = io;
        this.conversation = conversation;
        this.links = links;
        this.webPort = webPort;
        this.nopNanos = nopNanos;
    }

    Conversation conversation() {
        return conversation;
    }

    // Input from the client.

    void received(Inbound message) {
        switch (message) {
            case Inbound.Line(String text) when !lineSeen && StrayHttp.begins(text) -> {
                write(new TelnetEvent.Data(StrayHttp.answer(webPort.get())));
                conversation.rejectProtocol("http");
            }
            case Inbound.Line(String text) -> {
                lineSeen = true;
                conversation.entered(text);
            }
            case Inbound.TooLong() -> conversation.lineTooLong();
            case Inbound.Oob(CommandTuple command) -> conversation.received(command);
            case Inbound.Learned(ClientFacts.Known<?> known) -> learned(known);
            case Inbound.Quit() -> conversation.finish("");
            case Inbound.Alive() -> conversation.alive();
            case Inbound.Settled() -> conversation.settled();
        }
    }

    private <T> void learned(ClientFacts.Known<T> known) {
        conversation.learned(known.fact(), known.value(), known.source());
    }

    @Override
    public boolean hasPendingInput() {
        return links.codec.hasPendingInput();
    }

    @Override
    public void processInput() {
        links.codec.processInput();
    }

    @Override
    public List<Feature> features() {
        return links.negotiation.features();
    }

    @Override
    public boolean traces() {
        return true;
    }

    // Output from the game.

    @Override
    public void sendText(Output.Text text) {
        show(new Outbound.Text(text.markup(), text.options()), text.options());
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        show(new Outbound.Prompt(prompt.markup(), prompt.options(), false), prompt.options());
    }

    @Override
    public void sendDefault(CommandTuple command) {
        write(new Outbound.Oob(command));
    }

    @Override
    public void atLogin() {
        write(new Outbound.LoggedIn());
    }

    @Override
    public void atReload() {
        write(new Outbound.Reloaded());
    }

    @Override
    public void farewell(String reason) {
        if (!reason.isEmpty()) {
            write(new Outbound.Text(reason, OutputOptions.NONE));
        }
        write(new Outbound.Goodbye(Renderer.render(reason, RenderStyle.PLAIN)));
    }

    @Override
    public void endOutput() {
        links.codec.discardInput();
        links.codec.endCompression();
    }

    @Override
    public void flush() {
        links.codec.flush();
    }

    @Override
    public void tick(long now) {
        if (links.negotiation.isPending()) {
            conversation.runUnlessOver(links.negotiation::expire);
        }
        if (links.codec.compressing() && now - links.wire.lastWriteAt() >= DEFLATER_IDLE_NANOS) {
            conversation.mailbox().run(links.codec::releaseDeflater);
        }
        if (nopNanos > 0
                && conversation.unsent() == 0
                && conversation.facts().get(Fact.NOPKEEPALIVE, true)) {
            keepAlive(now);
        }
    }

    /** Sends what is due: a round-trip measurement, which replaces a NOP, or a NOP. */
    private void keepAlive(long now) {
        if (now - measuredAt >= MEASURE_NANOS) {
            measuredAt = now;
            conversation.runUnlessOver(() -> write(new Outbound.Measure()));
        } else if (now - links.wire.lastWriteAt() >= nopNanos) {
            conversation.runUnlessOver(() -> write(new TelnetEvent.Command(Telnet.NOP)));
        }
    }

    /** Sends a text or prompt, and before it whether input is echoed from now on. */
    private void show(Outbound message, OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null) {
            write(new Outbound.Echo(echo));
        }
        Boolean withoutMark = withoutMark(message);
        if (withoutMark == null) {
            write(message);
            return;
        }
        write(message instanceof Outbound.Prompt prompt ? prompt.withMark() : message);
        if (!withoutMark) {
            write(new Outbound.GoAhead());
        }
    }

    /** Whether to omit the end mark (GA); null if neither game nor player has set it. */
    private @Nullable Boolean withoutMark(Outbound message) {
        ClientFacts facts = conversation.facts();
        Boolean lines = facts.get(Fact.NOGOAHEAD);
        if (message instanceof Outbound.Prompt) {
            Boolean prompts = facts.get(Fact.NOPROMPTGOAHEAD);
            return prompts == null ? lines : prompts;
        }
        return lines;
    }

    private void write(Object message) {
        if (message instanceof Outbound.Text text) {
            links.shortcuts.textDown(text, io);
        } else {
            io.getFilterChain().fireFilterWrite(new DefaultWriteRequest(message));
        }
    }
}
