package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters.Direction;
import lychgate.session.OutputOptions;
import lychgate.session.Values;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.Outbound;
import lychgate.terminal.LineHandler;
import lychgate.terminal.TerminalType;
import lychgate.transport.Conversation;
import lychgate.transport.EncodedTexts;
import lychgate.transport.TerminalTyping;
import lychgate.transport.Typing;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.List;

/**
 * Converts data (below) to lines (above), and markup (above) to data. Selects line mode or the line
 * editor by the known facts about the client.
 */
final class TextFilter extends IoFilterAdapter implements LineHandler {
    private static final String COMMANDS = "commands";
    private static final String SOURCE = "ECHO";

    private final Conversation conversation;
    private final Shortcuts shortcuts;
    private final int maxLine;
    private final String presence;
    private final LineTyping lines;
    private Typing typing;
    private @Nullable NextFilter next;
    private @Nullable IoSession session;
    private ClientFacts applied = ClientFacts.NONE;
    private Charset charset = CharacterSets.DEFAULT;
    private List<String> completions = List.of(); // kept while lines are not edited
    private boolean hidden;
    private boolean echoing;
    private boolean loggedIn;

    /**
     * @param texts the cache shared by all connections
     * @param maxLine maximum characters of a line
     * @param presence the answer to AYT (are you there)
     */
    TextFilter(
            Conversation conversation,
            Shortcuts shortcuts,
            EncodedTexts texts,
            int maxLine,
            String presence) {
        this.conversation = conversation;
        this.shortcuts = shortcuts;
        this.maxLine = maxLine;
        this.presence = presence;
        this.lines = new LineTyping(this, this::send, texts, maxLine);
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
                applyFacts(conversation.facts());
                typing.received(bytes);
                chooseTyping(conversation.facts()); // it may have been deferred until a line ended
            }
            case TelnetEvent.Command(int code) -> command(code);
            default -> up.messageReceived(ioSession, message);
        }
    }

    @Override
    public void filterWrite(NextFilter down, IoSession ioSession, WriteRequest request) {
        switch (request.getMessage()) {
            case Outbound.Text(String markup, OutputOptions options) -> {
                applyFacts(conversation.facts()); // first: it may switch the typing
                typing.show(markup, conversation.style(options));
                conversation.meters().line(Direction.OUT);
            }
            case Outbound.Prompt(String markup, OutputOptions options, boolean _) -> {
                applyFacts(conversation.facts());
                typing.prompt(markup, conversation.style(options), conversation.answered());
            }
            case Outbound.Echo(boolean shown) -> {
                hidden = !shown;
                typing.hide(hidden);
            }
            case Outbound.RemoteEcho(boolean on) -> {
                echoing = on;
                lines.echo(on);
                receive(new Inbound.Learned(new ClientFacts.Known<>(Fact.WRAP, on, SOURCE)));
                conversation.tap().echoes(on || typing instanceof TerminalTyping);
                chooseTyping(conversation.facts());
            }
            case Outbound.LoggedIn() -> {
                loggedIn = true;
                typing.loggedIn();
            }
            case Outbound.Goodbye(String _) -> typing.end();
            case Outbound.Reloaded(),
                    Outbound.Measure(),
                    Outbound.GoAhead() -> {} // events for options; nothing is sent
            case Outbound.Oob(CommandTuple command) -> {
                if (!command.is(COMMANDS) || !offerCompletions(command)) {
                    conversation.meters().oobDropped();
                }
            }
            default -> down.filterWrite(ioSession, request);
        }
    }

    private boolean offerCompletions(CommandTuple command) {
        List<String> words = command.args().stream().map(Values::text).toList();
        if (!typing.offerCompletions(words)) {
            return false;
        }
        completions = words;
        return true;
    }

    // Output and events of typing.

    private void send(byte[] bytes) {
        if (next != null) {
            next.filterWrite(session, new DefaultWriteRequest(new TelnetEvent.Data(bytes)));
        }
    }

    @Override
    public void entered(String line) {
        if (next != null && session != null) {
            shortcuts.lineUp(Shortcuts.BELOW_OPTIONS, new Inbound.Line(line), next, session);
        }
    }

    @Override
    public void lineTooLong() {
        receive(new Inbound.TooLong());
    }

    @Override
    public void quit() {
        receive(new Inbound.Quit());
    }

    private void receive(Inbound message) {
        if (next != null) {
            next.messageReceived(session, message);
        }
    }

    private void command(int code) {
        switch (code) {
            case Telnet.AYT -> typing.showPlain(presence);
            case Telnet.EC -> typing.eraseCharacter();
            case Telnet.EL -> typing.eraseLine();
            case Telnet.IP -> typing.interrupt();
            default -> {} // NOP, GA, AO, …: ignored
        }
    }

    /** Applies changed facts about the client: its character set and its typing. */
    @SuppressWarnings("ReferenceEquality") // facts are immutable: same object, same facts
    private void applyFacts(ClientFacts facts) {
        if (facts == applied) {
            return;
        }
        applied = facts;
        String name = facts.get(Fact.CHARSET);
        Charset declared = name == null ? null : CharacterSets.named(name);
        charset = declared == null ? CharacterSets.DEFAULT : declared;
        chooseTyping(facts);
        typing.apply(facts, charset);
    }

    /** Switches between line mode and the line editor, but not while a line is being typed. */
    private void chooseTyping(ClientFacts facts) {
        boolean edited = echoing && isEditable(facts);
        if (edited == typing instanceof TerminalTyping || typing.hasUnfinishedLine()) {
            return;
        }
        typing.end();
        conversation.tap().echoes(echoing || edited);
        typing = edited ? editing() : lines;
        typing.apply(facts, charset);
        typing.hide(hidden);
        typing.offerCompletions(completions);
        if (loggedIn) {
            typing.loggedIn();
        }
        receive(new Inbound.Learned(new ClientFacts.Known<>(Fact.COMPLETION, edited, SOURCE)));
    }

    private Typing editing() {
        return TerminalTyping.edited(
                this,
                this::send,
                maxLine,
                TerminalTyping.DEFAULT_COLUMNS,
                TerminalTyping.DEFAULT_ROWS);
    }

    /**
     * Whether lines can be edited on the client's terminal. Not for screen readers, which work
     * better if nothing is redrawn.
     */
    private static boolean isEditable(ClientFacts facts) {
        String terminal = facts.get(Fact.TERMINAL);
        return terminal != null
                && TerminalType.of(terminal, null).cursor()
                && !facts.is(Fact.SCREENREADER);
    }
}
