package lychgate.telnet.option;

import lychgate.session.OutputOptions;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class SgaTest {
    private static final Outbound.Prompt PROMPT =
            new Outbound.Prompt("> ", OutputOptions.NONE, false);

    private final RecordingLink link = new RecordingLink(new Sga());

    @Test
    void promptIsMarkedByGoAheadUnlessItIsSuppressed() {
        link.send(PROMPT).did("marked prompt > ", "IAC GA");
        link.enable(Side.US).send(PROMPT).did("prompt > ");
        link.disable(Side.US).send(PROMPT).did("marked prompt > ", "IAC GA");
    }

    @Test
    void promptThatAnotherOptionMarksIsLeftAlone() {
        link.send(PROMPT.withMark()).did("marked prompt > ");
    }

    @Test
    void textIsNeverMarked() {
        link.send(new Outbound.Text("hi", OutputOptions.NONE)).did("text hi");
    }

    @Test
    void goAheadThatIsWantedComesWhateverIsAgreedOn() {
        link.send(new Outbound.GoAhead()).did("IAC GA");
        link.enable(Side.US).send(new Outbound.GoAhead()).did("IAC GA");
        link.learnedUnshown("sga: true (SGA)");
    }
}
