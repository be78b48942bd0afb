package lychgate.transport.telnet;

import static lychgate.transport.telnet.ListeningTelnet.OPENING;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class TelnetTransportTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();

    @Test
    void openingAsksForTerminalTypeAndWindowSizeAndOffersNothing() {
        telnet.stranger().expects("IAC DO TTYPE IAC DO NAWS").expectsNothing();
    }

    @Test
    void sessionReachesTheGameAtOnceThoughTheClientNeverNegotiates() {
        telnet.stranger().expects(OPENING);
        assertEquals(List.of("1 connected"), telnet.game().told());
    }
}
