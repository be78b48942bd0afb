package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.RecordingPortal;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Captured transcripts of real clients: the facts learned from them, and that negotiation
 * terminates.
 */
class CapturedClientsTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");

    @AutoClose
    private final ListeningTelnet telnet =
            new ListeningTelnet(RecordingPortal.ROOMY, 0, ListeningTelnet.ALL);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tintin | width: 100 (NAWS), height: 30 (NAWS), client: TinTin++ (NEW-ENVIRON),"
                    + " version: 2.02.20 (NEW-ENVIRON), terminal: xterm-256color (TTYPE), charset:"
                    + " UTF-8 (NEW-ENVIRON), colours: 16777216 (MTTS), utf-8: true (MTTS), vt100:"
                    + " true (MTTS), mnes: true (MTTS), mccp2: true (MCCP2), mccp3: true (MCCP3),"
                    + " eor: true (EOR), round-trip-ms",
                "tinyfugue | width: 99 (NAWS), height: 26 (NAWS), client: TINYFUGUE (TTYPE),"
                        + " terminal: ansi-attr (TTYPE), colours: 256 (TTYPE), mccp2: true (MCCP2),"
                        + " eor: true (EOR), round-trip-ms",
                "kbtin | width: 100 (NAWS), height: 29 (NAWS), client: KBtin (TTYPE), terminal:"
                        + " hardcopy (TTYPE), colours: 256 (TTYPE), mccp2: true (MCCP2), eor: true"
                        + " (EOR), round-trip-ms",
                "kildclient | width: 43 (NAWS), height: 7 (NAWS), client: KildClient (TTYPE),"
                    + " colours: 256 (TTYPE), gmcp: true (GMCP), msdp: true (MSDP), mccp2: true "
                    + "(MCCP2)",
                "inetutils-telnet | width: 100 (NAWS), height: 30 (NAWS), terminal: xterm-256color"
                    + " (TTYPE), colours: 256 (TTYPE), linemode: true (LINEMODE), round-trip-ms",
                "libtelnet-client | terminal: xterm-256color (TTYPE), colours: 256 (TTYPE), "
                        + "mccp2: true (MCCP2), round-trip-ms",
                "telnetlib3 | width: 100 (NAWS), height: 30 (NAWS), terminal: xterm-256color"
                    + " (NEW-ENVIRON), charset: UTF-8 (CHARSET), colours: 256 (TTYPE), mccp2: true"
                    + " (MCCP2), mccp3: true (MCCP3), eor: true (EOR), linemode: true (LINEMODE), "
                    + "round-trip-ms"
            })
    void whatTheClientSaysOfItselfIsLearned(String name, String facts) {
        play(name);
        assertEquals(facts, learned());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "tintin",
                "tinyfugue",
                "kbtin",
                "kildclient",
                "inetutils-telnet",
                "libtelnet-client",
                "telnetlib3"
            })
    void negotiationEndsAndSaysNothingTwice(String name) {
        List<String> told = play(name);
        Map<String, Long> negotiations =
                told.stream()
                        .filter(words -> words.matches("IAC (WILL|WONT|DO|DONT) .*"))
                        .collect(Collectors.groupingBy(w -> w, Collectors.counting()));
        assertTrue(negotiations.values().stream().allMatch(n -> n == 1), negotiations.toString());
        assertFalse(negotiations.containsKey("IAC WILL ECHO"));
        assertEquals(Map.of(), telnet.meters().counts("malformed"));
    }

    private List<String> play(String name) {
        try (TranscribedClient client =
                new TranscribedClient(TRANSCRIPTS.resolve(name + ".txt"), telnet.port())) {
            client.until("IAC WILL MCCP3").untilQuiet(); // which is offered last
            client.say("'hello' CR LF");
            telnet.game().awaits("1 text hello");
            telnet.game().text(1, "good evening");
            client.untilShown("good evening\r\n");
            return client.told();
        }
    }

    private String learned() {
        String facts = telnet.game().told("facts").getLast();
        return Arrays.stream(
                        facts.substring(facts.indexOf('[') + 1, facts.length() - 1).split(", "))
                .filter(fact -> !fact.contains(": false "))
                .map(fact -> fact.startsWith("round-trip-ms") ? "round-trip-ms" : fact)
                .collect(Collectors.joining(", "));
    }
}
