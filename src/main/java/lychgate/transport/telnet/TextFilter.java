package lychgate.transport.telnet;

import lychgate.plugin.Limits;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.session.OutputOptions;
import lychgate.session.Values;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.Outbound;
import lychgate.text.RenderStyle;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;

/**
 * Data below, lines above; and on the way out, words below that were markup above. Decides by what
 * is known of the client how it types and how it is shown words.
 */
final class TextFilter extends IoFilterAdapter implements Typing.Ends {
    private static final char REPLACEMENT = '\ufffd';
    private static final String COMMANDS = "commands";
    private static final String SOURCE = "ECHO";

    private final TelnetSession client;
    private final Meters meters;
    private final Limits limits;
    private final LineTyping lines;
    private Typing typing;
    private @Nullable NextFilter next;
    private @Nullable IoSession session;
    private ClientFacts styledFor = ClientFacts.NONE;
    private RenderStyle style = RenderStyle.of(ClientFacts.NONE, OutputOptions.NONE);
    private Charset charset = CharacterSets.DEFAULT;
    private boolean hidden;
    private boolean echoing;
    private boolean loggedIn;

    TextFilter(TelnetSession client, EncodedTexts texts, Limits limits, Meters meters) {
        this.client = client;
        this.meters = meters;
        this.limits = limits;
        this.lines = new LineTyping(this, texts, limits.maxLine());
        this.typing = lines;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter nextFilter) {
        next = nextFilter;
        session = chain.getSession();
    }

    @Override
    public void messageReceived(NextFilter up, IoSession ioSession, Object message) {
        switch (message) {
            case TelnetEvent.Data(byte[] bytes) -> {
                adopt(client.facts());
                typing.typed(bytes);
                choose(client.facts()); // it may have waited for the end of a line
            }
            case TelnetEvent.Command(int code) -> command(code);
            default -> up.messageReceived(ioSession, message);
        }
    }

    @Override
    public void filterWrite(NextFilter down, IoSession ioSession, WriteRequest request) {
        switch (request.getMessage()) {
            case Outbound.Text(String markup, OutputOptions options) -> {
                RenderStyle shown = styled(options); // first: it may decide who shows it
                typing.show(markup, shown);
                meters.line(Direction.OUT);
            }
            case Outbound.Prompt(String markup, OutputOptions options, boolean _) -> {
                RenderStyle shown = styled(options);
                typing.prompt(markup, shown, client.answered());
            }
            case Outbound.Echo(boolean shown) -> {
                hidden = !shown;
                typing.hidden(hidden);
            }
            case Outbound.RemoteEcho(boolean on) -> {
                echoing = on;
                lines.echoing(on);
                choose(client.facts());
            }
            case Outbound.LoggedIn() -> {
                loggedIn = true;
                typing.loggedIn();
            }
            case Outbound.Goodbye(String _) -> typing.end();
            case Outbound.Reloaded(),
                    Outbound.Measure(),
                    Outbound.GoAhead() -> {} // for options that listen; nothing is sent
            case Outbound.Oob(CommandTuple command) -> {
                if (!command.is(COMMANDS)
                        || !typing.completes(command.args().stream().map(Values::text).toList())) {
                    meters.oobDropped();
                }
            }
            default -> down.filterWrite(ioSession, request);
        }
    }

    // What comes of typing.

    @Override
    public void send(byte[] bytes) {
        if (next != null) {
            next.filterWrite(session, new DefaultWriteRequest(new TelnetEvent.Data(bytes)));
        }
    }

    /** Characters that could not be read are replacement characters by now, and are counted. */
    @Override
    public void entered(String line) {
        if (line.indexOf(REPLACEMENT) >= 0) {
            meters.malformed("charset");
        }
        receive(limits.isTooLong(line) ? new Inbound.TooLong() : new Inbound.Line(line));
    }

    @Override
    public void enteredTooMuch() {
        receive(new Inbound.TooLong());
    }

    @Override
    public void leaves() {
        receive(new Inbound.Leaves());
    }

    private void receive(Inbound message) {
        if (next != null) {
            next.messageReceived(session, message);
        }
    }

    private void command(int code) {
        switch (code) {
            case Telnet.AYT -> typing.say(client.presence());
            case Telnet.EC -> typing.eraseCharacter();
            case Telnet.EL -> typing.eraseLine();
            case Telnet.IP -> typing.interrupt();
            default -> {} // NOP, GA, AO, …: nothing to be done for a line of text
        }
    }

    private RenderStyle styled(OutputOptions options) {
        ClientFacts facts = client.facts();
        adopt(facts);
        return options.said().isEmpty() ? style : RenderStyle.of(facts, options);
    }

    /** What is known of the client decides how it is shown text, and how it is read. */
    @SuppressWarnings("ReferenceEquality") // facts are immutable: the same object is no news
    private void adopt(ClientFacts facts) {
        if (facts == styledFor) {
            return;
        }
        styledFor = facts;
        style = RenderStyle.of(facts, OutputOptions.NONE);
        String name = facts.get(Fact.CHARSET);
        Charset declared = name == null ? null : CharacterSets.named(name);
        charset = declared == null ? CharacterSets.DEFAULT : declared;
        choose(facts);
        typing.adopt(facts, charset);
    }

    /** Has the line edited here, or no more; but not while one is being typed. */
    private void choose(ClientFacts facts) {
        boolean edited = echoing && EditedTyping.suits(facts);
        if (edited == typing instanceof EditedTyping || typing.begun()) {
            return;
        }
        typing.end();
        typing = edited ? new EditedTyping(this, limits.maxLine()) : lines;
        typing.adopt(facts, charset);
        typing.hidden(hidden);
        if (loggedIn) {
            typing.loggedIn();
        }
        receive(new Inbound.Learned(new ClientFacts.Known<>(Fact.COMPLETION, edited, SOURCE)));
    }
}
