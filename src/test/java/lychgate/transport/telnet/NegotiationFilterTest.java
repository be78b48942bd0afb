package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.telnet.Telnet;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class NegotiationFilterTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();
    private final TelnetPeer peer = telnet.peer();

    NegotiationFilterTest() {
        telnet.game().hears("1 connected");
    }

    @Test
    void openingIsSettledAsSoonAsAllIsAnswered() {
        peer.sends("IAC WONT TTYPE");
        peer.expectsNothing();
        telnet.game().hasHeardNothingMore();
        peer.sends("IAC WONT NAWS");
        telnet.game().hears("1 settled");
    }

    @Test
    void openingIsSettledWhenTheLastNameIsKnown() {
        peer.sends("IAC WONT NAWS IAC WILL TTYPE").expects("IAC SB TTYPE 01 IAC SE");
        peer.sends("IAC SB TTYPE 00 'X' IAC SE").expects("IAC SB TTYPE 01 IAC SE");
        telnet.game().hears("1 facts [client: X (TTYPE)]");
        telnet.game().hasHeardNothingMore();
        peer.sends("IAC SB TTYPE 00 'X' IAC SE");
        telnet.game().hears("1 settled");
    }

    @Test
    void openingIsSettledInTimeThoughTheClientNeverAnswers() {
        telnet.game().hears("1 settled");
        peer.expectsNothing();
    }

    @Test
    void openingIsSettledOnce() {
        peer.sends("IAC WONT TTYPE IAC WONT NAWS");
        telnet.game().hears("1 settled");
        peer.sends("IAC WILL NAWS").expects("IAC DO NAWS").sends("IAC WONT NAWS");
        peer.expects("IAC DONT NAWS").types("on");
        telnet.game().hears("1 text on");
    }

    @Test
    void windowSizeIsLearnedWheneverItChanges() {
        peer.sends("IAC WILL NAWS IAC SB NAWS 00 64 00 1e IAC SE");
        telnet.game()
                .hears(
                        "1 facts [width: 100 (NAWS)]",
                        "1 facts [width: 100 (NAWS), height: 30 (NAWS)]");
        peer.sends("IAC SB NAWS 00 IAC IAC 00 1e IAC SE");
        telnet.game().awaits("1 facts [width: 255 (NAWS), height: 30 (NAWS)]");
    }

    @Test
    void windowSizeIsNeverOurs() {
        peer.sends("IAC DO NAWS").expects("IAC WONT NAWS");
        peer.sends("IAC WONT NAWS").expectsNothing(); // RFC 1143: an answer is not answered
    }

    @Test
    void whatWeAskedForIsNotAnsweredAgain() {
        peer.sends("IAC WILL NAWS").expectsNothing();
    }

    @Test
    void everyOptionThatWeDoNotKnowIsRefusedOnce() {
        StringBuilder asked = new StringBuilder();
        StringBuilder refused = new StringBuilder();
        for (int option = 0; option < 256; option++) {
            if (!ListeningTelnet.FEW.contains(option)) {
                String code = String.format("%02x ", option);
                asked.append("IAC DO ").append(code).append("IAC WILL ").append(code);
                refused.append("IAC WONT ").append(code).append("IAC DONT ").append(code);
            }
        }
        peer.sends(asked.toString()).expects(refused.toString());
        peer.sends(asked.toString()).expectsNothing();
    }

    @Test
    void commandThatMeansNothingHereIsPassedOver() {
        for (int code = 0; code < Telnet.SB; code++) {
            if (!List.of(Telnet.AYT, Telnet.EC, Telnet.EL).contains(code)) {
                peer.sends(String.format("'a' IAC %02x 'b' LF", code));
                telnet.game().hears("1 text ab");
            }
        }
        peer.expectsNothing();
        assertEquals(Map.of(), telnet.meters().counts("malformed"));
    }

    @Test
    void emptySubnegotiationIsCounted() {
        peer.sends("IAC SB IAC SE 'on' LF");
        telnet.game().hears("1 text on");
        assertEquals(
                Map.of("malformed empty_subnegotiation", 1L), telnet.meters().counts("malformed"));
    }

    @Test
    void subnegotiationWithoutAnythingInItIsCountedUnderItsOption() {
        peer.sends("IAC WILL NAWS IAC SB NAWS IAC SE 'on' LF");
        telnet.game().hears("1 text on");
        assertEquals(Map.of("malformed naws", 1L), telnet.meters().counts("malformed"));
    }

    @Test
    void subnegotiationOfAnOptionThatIsNotOnIsCounted() {
        peer.sends("IAC SB NAWS 00 64 00 1e IAC SE IAC SB 63 IAC SE 'on' LF");
        telnet.game().hears("1 text on");
        assertEquals(
                Map.of("malformed unexpected_subnegotiation", 2L),
                telnet.meters().counts("malformed"));
    }

    @Test
    void promptIsMarkedByGoAheadUnlessTheClientSuppressesIt() {
        telnet.game().prompt(1, "> ");
        peer.expects("'> ' IAC GA").types("");
        peer.sends("IAC DO SGA").expects("IAC WILL SGA");
        telnet.game().prompt(1, "> ");
        peer.expects("'> '").types("").expectsNothing();
        peer.sends("IAC DONT SGA").expects("IAC WONT SGA");
        telnet.game().prompt(1, "> ");
        peer.expects("'> ' IAC GA");
    }

    @Test
    void clientMaySuppressItsOwnGoAheads() {
        peer.sends("IAC WILL SGA").expects("IAC DO SGA");
        telnet.game().prompt(1, "> ");
        peer.expects("'> ' IAC GA");
    }
}
