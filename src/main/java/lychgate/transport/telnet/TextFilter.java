package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.session.OutputOptions;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.LineAssembler;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.Outbound;
import lychgate.text.RenderStyle;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * Data below, lines above; and on the way out, words below that were markup above. Knows where the
 * player's cursor stands, so that words never begin behind a prompt.
 */
final class TextFilter extends IoFilterAdapter {
    /** Bytes that one character has in UTF-8 at most. */
    private static final long MAX_BYTES_A_CHARACTER = 4;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final char REPLACEMENT = '\ufffd';

    /** Bytes above which a read is more than one typed character. */
    private static final int MAX_CHARACTER = 4;

    private final TelnetSession client;
    private final EncodedTexts texts;
    private final Meters meters;
    private final int maxLine;
    private final LineAssembler lines;
    private ClientFacts styledFor = ClientFacts.NONE;
    private RenderStyle style = RenderStyle.of(ClientFacts.NONE, OutputOptions.NONE);
    private Charset charset = CharacterSets.DEFAULT;
    private boolean hidden;
    private boolean echoing;
    private boolean behindPrompt;

    TextFilter(TelnetSession client, EncodedTexts texts, int maxLine, Meters meters) {
        this.client = client;
        this.texts = texts;
        this.meters = meters;
        this.maxLine = maxLine == 0 ? Integer.MAX_VALUE : maxLine;
        this.lines =
                new LineAssembler(
                        (int) Math.min(Integer.MAX_VALUE, maxLine * MAX_BYTES_A_CHARACTER));
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        switch (message) {
            case TelnetEvent.Data(byte[] bytes) -> data(bytes, next, session);
            case TelnetEvent.Command(int code) -> command(code, next, session);
            default -> next.messageReceived(session, message);
        }
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        switch (request.getMessage()) {
            case Outbound.Text text -> {
                if (behindPrompt) {
                    write(LINE_END, next, session);
                    behindPrompt = false;
                }
                write(encode(text.markup(), text.options(), true), next, session);
                meters.line(Direction.OUT);
            }
            case Outbound.Prompt prompt -> {
                if (behindPrompt) {
                    write(LINE_END, next, session);
                }
                write(encode(prompt.markup(), prompt.options(), false), next, session);
                behindPrompt = client.answered(); // else what was typed ahead stands behind it
            }
            case Outbound.Echo(boolean shown) -> {
                hidden = !shown;
                lines.hidden(hidden);
            }
            case Outbound.RemoteEcho(boolean on) -> {
                echoing = on;
                lines.echoing(on);
            }
            case Outbound.LoggedIn(),
                    Outbound.Reloaded(),
                    Outbound.Measure(),
                    Outbound.Goodbye(String _) -> {} // for options that listen; nothing is sent
            case Outbound.Oob _ -> meters.oobDropped();
            default -> next.filterWrite(session, request);
        }
    }

    private void data(byte[] bytes, NextFilter next, IoSession session) {
        adopt(client.facts());
        if (echoing || (isCharacter(bytes) && !client.facts().is(Fact.LINEMODE))) {
            lines.characters(true);
        }
        ByteBuffer data = ByteBuffer.wrap(bytes);
        for (var found = lines.next(data); found != null; found = lines.next(data)) {
            switch (found) {
                case LineAssembler.Found.Line(byte[] line) -> line(line, next, session);
                case LineAssembler.Found.TooLong() -> {
                    entered(next, session);
                    next.messageReceived(session, new Inbound.TooLong());
                }
            }
        }
        echo(next, session);
    }

    /** Whether it is one character, as somebody types it: no line end, and no more than that. */
    private static boolean isCharacter(byte[] bytes) {
        int first = bytes[0] & 0xff;
        return bytes.length == 1
                ? first >= ' ' || first == '\b'
                : bytes.length <= MAX_CHARACTER
                        && first >= 0xc0
                        && CharacterSets.lastCharacter(bytes, CharacterSets.DEFAULT)
                                == bytes.length;
    }

    /** Shows the player what has been typed, where that is for us to do. */
    private void echo(NextFilter next, IoSession session) {
        if (echoing) {
            byte[] typed = lines.takeEcho();
            if (typed.length > 0) {
                write(typed, next, session);
            }
        }
    }

    private void line(byte[] bytes, NextFilter next, IoSession session) {
        entered(next, session);
        String line = decode(bytes);
        next.messageReceived(
                session,
                line.length() > maxLine && line.codePointCount(0, line.length()) > maxLine
                        ? new Inbound.TooLong()
                        : new Inbound.Line(line));
    }

    /** The player has ended a line: the cursor stands where the next one begins. */
    private void entered(NextFilter next, IoSession session) {
        behindPrompt = false;
        echo(next, session);
        if (hidden && !echoing) {
            write(LINE_END, next, session); // the client did not show the one that was typed
        }
    }

    /** Bytes that cannot be read become replacement characters, and are counted. */
    private String decode(byte[] bytes) {
        String line = CharacterSets.decode(bytes, charset);
        if (line.indexOf(REPLACEMENT) >= 0) {
            meters.malformed("charset");
        }
        return line;
    }

    private void command(int code, NextFilter next, IoSession session) {
        switch (code) {
            case Telnet.AYT -> write(client.presence(), next, session);
            case Telnet.EC -> lines.eraseCharacter();
            case Telnet.EL -> lines.eraseLine();
            default -> {} // NOP, GA, IP, AO, …: nothing to be done for a line of text
        }
        echo(next, session);
    }

    private byte[] encode(String markup, OutputOptions options, boolean line) {
        ClientFacts facts = client.facts();
        adopt(facts);
        RenderStyle shown = options.said().isEmpty() ? style : RenderStyle.of(facts, options);
        return texts.encode(markup, shown, charset, line);
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
        lines.charset(charset);
    }

    private static void write(byte[] bytes, NextFilter next, IoSession session) {
        next.filterWrite(session, new DefaultWriteRequest(new TelnetEvent.Data(bytes)));
    }
}
