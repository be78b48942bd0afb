package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.testing.Traced;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class TelnetTraceTest {
    @AutoClose
    private final ListeningTelnet telnet =
            new ListeningTelnet(RecordingPortal.ROOMY, 0, ListeningTelnet.ALL);

    private final TelnetPeer peer = telnet.peer();

    @Test
    void negotiationTextAndCommandsAreShownByName() {
        peer.sends("IAC WILL TTYPE IAC SB NAWS 00 50 00 18 IAC SE IAC WONT 4d");
        peer.types("who");
        telnet.game().awaits("1 text who");
        telnet.game().text(1, "Nobody.");
        peer.readsLine();
        List<String> trace = trace();
        assertTrue(trace.contains("> IAC DO TTYPE"), trace.toString());
        assertTrue(trace.contains("< IAC WILL TTYPE"), trace.toString());
        assertTrue(trace.contains("< SB NAWS 80x24"), trace.toString());
        assertTrue(trace.contains("< IAC WONT 77"), trace.toString());
        assertTrue(trace.contains("< \"who\\r\\n\""), trace.toString());
        assertTrue(trace.contains("> \"Nobody.\\r\\n\""), trace.toString());
    }

    @Test
    void passwordsAreInNoPartOfIt() {
        telnet.game()
                .onLine(
                        line -> {
                            if (line.equals("connect rowan")) {
                                telnet.game().send(1, "prompt", "Password: ", false);
                            } else if (line.equals("hunter2")) {
                                telnet.game().send(1, "text", "No: hunter2", true);
                            } else {
                                telnet.game().text(1, "Huh? " + line);
                            }
                        });
        peer.sends("IAC DO GMCP IAC DO MSDP");
        peer.sends("IAC SB GMCP 'Char.Login.Credentials {\"password\":\"hunter2\"}' IAC SE");
        peer.sends("IAC SB MSDP 1 'PASSWORD' 2 'hunter2' IAC SE");
        peer.sends("IAC SB 200 'hunter2' IAC SE");
        peer.types("connect rowan\r\nhunter2\r\nconnect rowan hunter2");
        telnet.game().awaits("1 text connect rowan hunter2");
        peer.types("who");
        telnet.game().awaits("1 text who");
        assertNoneHolds("hunter2", trace());
    }

    @Test
    void nameOfACommandEndsWhereItsBodyBegins() {
        telnet.game().onLine(line -> telnet.game().portal().loggedIn(1, 7, "rowan"));
        peer.types("connect");
        telnet.game().awaits("1 text connect");
        peer.sends("IAC DO GMCP");
        peer.sends("IAC SB GMCP 'Char.Login.Credentials{\"password\":\"hunter2\"}' IAC SE");
        peer.sends("IAC SB GMCP 'Char.Login.Credentials[\"hunter2\"]' IAC SE");
        peer.sends("IAC SB GMCP 'Char.Login.Credentials\"hunter2\"' IAC SE");
        peer.sends("IAC SB GMCP 'Char.Login' e2 80 83 'hunter2' IAC SE");
        peer.sends("IAC SB GMCP 'text \"password old = hunter2\"' IAC SE");
        peer.types("who");
        telnet.game().awaits("1 text who");
        List<String> trace = trace();
        assertNoneHolds("hunter2", trace);
        assertEquals(
                3,
                trace.stream().filter(line -> line.contains("Char.Login.Credentials ***")).count(),
                trace.toString());
    }

    /** They edit the line to one that begins with {@code password}, as keys can. */
    @Test
    void commandsThatEditTheLineMayMakeItOneWithPasswords() {
        telnet.game().onLine(line -> telnet.game().portal().loggedIn(1, 7, "rowan"));
        peer.types("connect");
        telnet.game().awaits("1 text connect");
        peer.sends("'pasx' IAC EC 'sword old = hunter1' 0d 0a");
        peer.sends("'say' IAC EL 'password old = hunter2' 0d 0a");
        telnet.game().awaits("1 text password old = hunter2");
        peer.sends("'say one' IAC NOP ' two' 0d 0a IAC EL 'say three' 0d 0a");
        telnet.game().awaits("1 text say three");
        List<String> trace = trace();
        assertNoneHolds("hunter", trace);
        assertTrue(trace.contains("< IAC EC"), trace.toString());
        assertTrue(trace.contains("< \" two\\r\\n\""), trace.toString());
        assertTrue(trace.contains("< \"say three\\r\\n\""), trace.toString());
    }

    @Test
    void keysOfATerminalAreMaskedAndSoIsTheirEcho() {
        peer.sends("IAC DO ECHO IAC DO SGA");
        for (char key : "connect rowan hunter2".toCharArray()) {
            peer.sends(new byte[] {(byte) key});
        }
        peer.types("");
        telnet.game().awaits("1 text connect rowan hunter2");
        String all = String.join("", trace()).replaceAll("[^a-z0-9*]", "");
        assertFalse(all.contains("hunter2"), all);
        assertFalse(all.contains("unter"), all);
        assertTrue(all.contains("connect"), all);
    }

    @Test
    void traceIsOfWhatTheCompressionHolds() {
        peer.sends("IAC DO MCCP2").skipsTo("IAC SB MCCP2 IAC SE");
        telnet.game().text(1, "Squeezed.");
        Await.until("the text", () -> trace().contains("> \"Squeezed.\\r\\n\""));
        assertEquals(1, trace().stream().filter(l -> l.contains("compressed from here")).count());
    }

    private List<String> trace() {
        return Traced.last(telnet.portal().trace(1));
    }

    private static void assertNoneHolds(String secret, List<String> trace) {
        trace.forEach(line -> assertFalse(line.contains(secret), line));
    }
}
