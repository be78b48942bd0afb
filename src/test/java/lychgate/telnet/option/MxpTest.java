package lychgate.telnet.option;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class MxpTest {
    private static final Outbound TEXT = new Outbound.Text("x", OutputOptions.NONE);

    private final RecordingLink link = new RecordingLink(new Mxp());

    @Test
    void clientTakesNoTagsUntilItIsToldTo() {
        link.send(TEXT).did("text x");
        link.enable(Side.US).did("IAC SB MXP IAC SE", "mxp: true (MXP)");
        link.send(TEXT).did("1b '[7z'", "text x");
        link.send(TEXT).did("text x");
        link.disable(Side.US).did("mxp: false (MXP)");
        link.send(TEXT).did("text x");
        link.enable(Side.US).did("IAC SB MXP IAC SE", "mxp: true (MXP)");
        link.send(new Outbound.Prompt("> ", OutputOptions.NONE, false))
                .did("1b '[7z'", "prompt > ");
    }

    @Test
    void clientWithoutAnsiIsSentNoEscapeSequence() {
        link.enable(Side.US).did("IAC SB MXP IAC SE", "mxp: true (MXP)");
        Inbound.Learned none = learned(ColourDepth.NONE);
        link.hear(none).did(none.toString());
        link.send(TEXT).did("text x");
        Inbound.Learned some = learned(ColourDepth.ANSI);
        link.hear(some).did(some.toString());
        link.send(TEXT).did("1b '[7z'", "text x");
    }

    private static Inbound.Learned learned(ColourDepth depth) {
        return new Inbound.Learned(new ClientFacts.Known<>(Fact.COLOURS, depth, "MTTS"));
    }
}
