package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import lychgate.admin.AdminConfig;
import lychgate.config.Configuration;
import lychgate.config.Configuration.GameConfig;
import lychgate.config.Configuration.LogConfig;
import lychgate.config.Configuration.PortalConfig;
import lychgate.evennia.EvenniaConfig;
import lychgate.link.amp.AmpConfig;
import lychgate.nats.NatsConfig;
import lychgate.plugin.Limits;
import lychgate.transport.ssh.SshConfig;
import lychgate.transport.telnet.front.TelnetConfig;
import lychgate.transport.web.WebConfig;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class MsspTableTest {
    private final Map<String, List<String>> file = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>(Map.of("telnet", 4000));
    private final AtomicInteger players = new AtomicInteger();
    private String name = "Lychgate";
    private boolean sniffTls;
    private int mccpLevel = 6;

    @Test
    void whatThePortalKnowsIsLive() {
        players.set(7);
        Map<String, List<String>> now = table().now();
        assertEquals(
                List.of("NAME", "PLAYERS", "UPTIME", "PORT"),
                now.keySet().stream().limit(4).toList());
        assertEquals(List.of("Lychgate"), now.get("NAME"));
        assertEquals(List.of("7"), now.get("PLAYERS"));
        assertEquals(List.of("1795233249"), now.get("UPTIME"));
        assertEquals(List.of("4000"), now.get("PORT"));
        assertEquals(List.of("Lychgate 1.2"), now.get("CODEBASE"));
        for (String protocol : List.of("GMCP", "MSDP", "MCCP", "UTF-8", "ANSI", "MXP")) {
            assertEquals(List.of("1"), now.get(protocol), protocol);
        }
    }

    @Test
    void tlsPortIsListedWhereTlsIsSpoken() {
        assertEquals(List.of("0"), table().now().get("TLS"));
        ports.put("telnet-tls", 4003);
        assertEquals(List.of("4003"), table().now().get("TLS"));
        assertEquals(List.of("4003"), table().now().get("SSL"));
    }

    @Test
    void tlsPortIsThePlainOneWhereBothAreSpokenThere() {
        sniffTls = true;
        assertEquals(List.of("4000"), table().now().get("TLS"));
        assertEquals(List.of("4000"), table().now().get("SSL"));
        ports.put("telnet-tls", 4003);
        assertEquals(List.of("4003"), table().now().get("TLS"));
    }

    @Test
    void compressionIsListedWhereItIsOffered() {
        mccpLevel = 0;
        assertEquals(List.of("0"), table().now().get("MCCP"));
    }

    @Test
    void nameAndFileAreThoseOfTheMomentAndWhatIsBoundThatOfTheStart() {
        MsspTable table = table();
        file.put("GENRE", List.of("Horror"));
        name = "Yew";
        sniffTls = true;
        mccpLevel = 0;
        assertEquals(List.of("Yew"), table.now().get("NAME"));
        assertEquals(List.of("Horror"), table.now().get("GENRE"));
        assertEquals(List.of("1"), table.now().get("MCCP"));
        assertEquals(List.of("0"), table.now().get("TLS"));
    }

    @Test
    void fileAddsFieldsAndChangesNoneThatThePortalKnows() {
        file.put("GENRE", List.of("Fantasy", "History"));
        file.put("CODEBASE", List.of("Own"));
        file.put("PORT", List.of("23"));
        Map<String, List<String>> now = table().now();
        assertEquals(List.of("Fantasy", "History"), now.get("GENRE"));
        assertEquals(List.of("Own"), now.get("CODEBASE"));
        assertEquals(List.of("4000"), now.get("PORT"));
    }

    /** It is made before anything of the portal runs. */
    @Test
    void nothingIsAskedOfThePortalBeforeTheFirstTable() {
        file.put("GENRE", List.of("Fantasy"));
        assertDoesNotThrow(
                () ->
                        new MsspTable(
                                this::configuration,
                                "1.2",
                                Instant.EPOCH,
                                () -> fail("players"),
                                () -> fail("ports")));
    }

    @Test
    void fieldsThatAreFilledInAreThoseThatTheFileCannotChange() {
        Set<String> unchanged = new HashSet<>();
        for (String field : table().now().keySet()) {
            file.clear();
            file.put(field, List.of("from the file"));
            if (!table().now().get(field).equals(List.of("from the file"))) {
                unchanged.add(field);
            }
        }
        assertEquals(MsspTable.FILLED_IN, unchanged);
    }

    private MsspTable table() {
        return new MsspTable(
                this::configuration,
                "1.2",
                Instant.ofEpochSecond(1_795_233_249L, 653_640_300L),
                players::get,
                () -> ports);
    }

    private Configuration configuration() {
        return new Configuration(
                new PortalConfig(name, "0.0.0.0", List.of()),
                new TelnetConfig(
                        true, 4000, false, sniffTls, 30, mccpLevel, TelnetConfig.Tls.DEFAULT),
                SshConfig.DEFAULT,
                WebConfig.DEFAULT,
                GameConfig.DEFAULT,
                AmpConfig.DEFAULT,
                EvenniaConfig.DEFAULT,
                NatsConfig.DEFAULT,
                Limits.DEFAULT,
                LogConfig.DEFAULT,
                AdminConfig.DEFAULT,
                file,
                Map.of());
    }
}
