package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.LineAssembler;
import lychgate.terminal.LineHandler;
import lychgate.text.RenderStyle;
import lychgate.transport.EncodedTexts;
import lychgate.transport.Typing;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/**
 * Line mode, as used by MUD clients: whole lines in, whole lines out. Tracks whether the cursor is
 * behind a prompt, so that text always begins on a new line.
 */
final class LineTyping implements Typing {
    /** Maximum bytes of a character in UTF-8. */
    private static final long MAX_BYTES_A_CHARACTER = 4;

    private static final byte[] LINE_END = {'\r', '\n'};

    /** Maximum bytes of a read that may be a single typed character. */
    private static final int MAX_CHARACTER = 4;

    private final LineHandler handler;
    private final Consumer<byte[]> client;
    private final EncodedTexts texts;
    private final LineAssembler lines;
    private Charset charset = CharacterSets.DEFAULT;
    private boolean clientEdits;
    private boolean endsLines = true;
    private boolean hidden;
    private boolean echoing;
    private boolean behindPrompt;
    private boolean midLine; // the cursor is behind what was echoed

    /**
     * @param client takes the bytes to send
     * @param maxLine maximum characters of a line
     */
    LineTyping(LineHandler handler, Consumer<byte[]> client, EncodedTexts texts, int maxLine) {
        this.handler = handler;
        this.client = client;
        this.texts = texts;
        this.lines =
                new LineAssembler(
                        (int) Math.min(Integer.MAX_VALUE, maxLine * MAX_BYTES_A_CHARACTER));
    }

    /**
     * Turns echo on or off: whether the server displays what is typed, because the client does not.
     */
    void echo(boolean on) {
        echoing = on;
        lines.echo(on);
    }

    @Override
    public void received(byte[] bytes) {
        if (echoing || (isCharacter(bytes) && !clientEdits)) {
            lines.expectCharacters(true);
        }
        ByteBuffer data = ByteBuffer.wrap(bytes);
        for (var found = lines.next(data); found != null; found = lines.next(data)) {
            sendEcho();
            behindPrompt = false; // the cursor is at the start of a line
            midLine = false;
            if (hidden && !echoing) {
                client.accept(LINE_END); // the client did not display the typed one
            }
            switch (found) {
                case LineAssembler.Found.Line(byte[] line) ->
                        handler.entered(CharacterSets.decode(line, charset));
                case LineAssembler.Found.TooLong() -> handler.lineTooLong();
            }
        }
        sendEcho();
    }

    @Override
    public void show(String markup, RenderStyle style) {
        end();
        client.accept(texts.encode(markup, style, charset, endsLines));
    }

    @Override
    public void prompt(String markup, RenderStyle style, boolean awaited) {
        end();
        client.accept(texts.encode(markup, style, charset, false));
        behindPrompt = awaited; // else typed-ahead input follows it
    }

    @Override
    public void showPlain(String words) {
        client.accept(("\r\n" + words + "\r\n").getBytes(charset));
    }

    @Override
    public void hide(boolean now) {
        hidden = now;
        lines.hide(now);
    }

    @Override
    public void apply(ClientFacts facts, Charset declared) {
        clientEdits = facts.is(Fact.LINEMODE);
        endsLines = facts.get(Fact.FORCEDENDLINE, true);
        charset = declared;
        lines.decodeAs(declared);
    }

    @Override
    public void eraseCharacter() {
        lines.eraseCharacter();
        sendEcho();
    }

    @Override
    public void eraseLine() {
        lines.eraseLine();
        sendEcho();
    }

    @Override
    public boolean hasUnfinishedLine() {
        return lines.pending() > 0;
    }

    @Override
    public void end() {
        if (behindPrompt || midLine) {
            client.accept(LINE_END);
            behindPrompt = false;
            midLine = false;
        }
    }

    /** Whether the bytes are a single typed character, not a line end. */
    private static boolean isCharacter(byte[] bytes) {
        int first = bytes[0] & 0xff;
        return bytes.length == 1
                ? first >= ' ' || first == '\b'
                : bytes.length <= MAX_CHARACTER
                        && first >= 0xc0
                        && CharacterSets.lastCharacter(bytes, CharacterSets.DEFAULT)
                                == bytes.length;
    }

    /** Sends the echo of what was typed, if echo is on. */
    private void sendEcho() {
        if (echoing) {
            byte[] typed = lines.takeEcho();
            if (typed.length > 0) {
                client.accept(typed);
                midLine = lines.pending() > 0;
            }
        }
    }
}
