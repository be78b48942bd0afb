package lychgate.telnet.option;

import lychgate.session.OutputOptions;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class EorTest {
    private static final Outbound.Prompt PROMPT =
            new Outbound.Prompt("> ", OutputOptions.NONE, false);

    private final RecordingLink link = new RecordingLink(new Eor());

    @Test
    void promptEndsWithTheMarkOnceItIsAgreedOn() {
        link.send(PROMPT).did("prompt > ");
        link.enable(Side.US).did("eor: true (EOR)");
        link.send(PROMPT).did("marked prompt > ", "IAC EOR");
        link.disable(Side.US).did("eor: false (EOR)");
        link.send(PROMPT).did("prompt > ");
    }

    @Test
    void promptIsMarkedOnce() {
        link.enable(Side.US).did("eor: true (EOR)");
        link.send(PROMPT.withMark()).did("marked prompt > ");
    }

    @Test
    void textIsNeverMarked() {
        link.enable(Side.US).did("eor: true (EOR)");
        link.send(new Outbound.Text("hi", OutputOptions.NONE)).did("text hi");
    }
}
