package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Flags set by the game apply to the next output. */
class FlagsTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet(RecordingPortal.ROOMY, 5);

    private final TelnetPeer peer = telnet.peer();

    FlagsTest() {
        telnet.game().hears("1 connected");
    }

    @Test
    void clientThatIsNotToBeKeptAliveIsSentNothing() {
        sets(Fact.NOPKEEPALIVE, false);
        telnet.passes(Duration.ofMinutes(2));
        peer.expectsNothing();
        sets(Fact.NOPKEEPALIVE, true);
        telnet.passes(Duration.ofMinutes(4));
        peer.expects("IAC NOP");
    }

    @Test
    void textWithoutALineEndGetsNoneWhereThatIsNotForced() {
        sets(Fact.FORCEDENDLINE, false);
        telnet.game().text(1, "and");
        telnet.game().text(1, " so\non");
        telnet.game().text(1, " and on\n");
        peer.expectsText("and so\r\non and on\r\n");
        sets(Fact.FORCEDENDLINE, true);
        telnet.game().text(1, "there");
        peer.expectsText("there\r\n");
    }

    @Test
    void linesAndPromptsAreMarkedAsTheGameWants() {
        sets(Fact.NOGOAHEAD, false);
        sets(Fact.NOPROMPTGOAHEAD, true);
        telnet.game().text(1, "line");
        telnet.game().prompt(1, "> ");
        peer.expects("'line' CR LF IAC GA '> '");
        sets(Fact.NOGOAHEAD, true);
        sets(Fact.NOPROMPTGOAHEAD, false);
        telnet.game().text(1, "line");
        telnet.game().prompt(1, "> ");
        peer.expects("CR LF 'line' CR LF '> ' IAC GA");
    }

    @Test
    void sizeThatIsSetHoldsAgainstTheWindow() {
        peer.sends("IAC WILL NAWS IAC SB NAWS 00 'd' 00 1e IAC SE");
        telnet.game().awaits("1 facts [width: 100 (NAWS), height: 30 (NAWS)]");
        sets(Fact.WIDTH, 90);
        sets(Fact.AUTORESIZE, false);
        peer.sends("IAC SB NAWS 00 'x' 00 1e IAC SE 'look' CR LF");
        telnet.game().awaits("1 text look");
        assertEquals(90, telnet.portal().facts(1).width());
    }

    private <T> void sets(Fact<T> fact, T value) {
        telnet.game().says(1, ClientFacts.NONE.with(fact, value, "game"));
    }
}
