package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.telnet.Telnet;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A transcript of all that libtelnet's published vectors try, played over a real connection. */
class PublishedVectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/transcripts/vectors.txt");

    @AutoClose
    private final ListeningTelnet telnet =
            new ListeningTelnet(
                    RecordingPortal.ROOMY,
                    0,
                    Set.of(Telnet.TTYPE, Telnet.NAWS, Telnet.NEW_ENVIRON, Telnet.MSSP, Telnet.SGA));

    @Test
    void everyCaseIsAnsweredCountedAndHeardAsItIsWritten() throws IOException {
        TelnetPeer peer =
                telnet.stranger()
                        .expects("IAC DO TTYPE IAC DO NAWS IAC WILL MSSP IAC DO NEW_ENVIRON");
        List<String> heard = new ArrayList<>();
        long counted = 0;
        for (String row : Files.readAllLines(VECTORS)) {
            String words = row.isEmpty() ? "" : row.substring(1).strip();
            switch (row.isEmpty() ? '#' : row.charAt(0)) {
                case '>' -> {
                    assertEquals(counted, malformed(), row);
                    assertEquals(heard, telnet.game().lines(), row);
                    peer.sends(words);
                }
                case '<' -> peer.expects(words);
                case '!' -> {
                    long before = counted++;
                    Await.equal(before + 1, this::malformed);
                }
                case '=' -> {
                    heard.add(words);
                    Await.equal(heard, telnet.game()::lines);
                }
                case '#' -> {}
                default -> throw new IllegalArgumentException(row);
            }
        }
        peer.expectsNothing();
        assertEquals(counted, malformed());
        assertEquals(heard, telnet.game().lines());
        assertEquals(
                Map.of(
                        "malformed new-environ", 3L,
                        "malformed ttype", 3L,
                        "malformed unexpected_subnegotiation", 4L),
                telnet.meters().counts("malformed"));
    }

    private long malformed() {
        return telnet.meters().counts("malformed").values().stream().mapToLong(n -> n).sum();
    }
}
