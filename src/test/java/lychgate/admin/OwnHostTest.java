package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class OwnHostTest {
    private final OwnHost own =
            new OwnHost(() -> OwnHost.names(List.of("Gate.example.org\n"), List.of("lan.")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.8:65535",
                "[::1]",
                "[2001:DB8::1]:4010",
                "[fe80::1%25eth0]:4010",
                "[::ffff:127.0.0.1]",
                "localhost",
                "LOCALHOST.:1",
                "gate",
                "GATE:4010",
                "gate.example.org",
                "gate.example.org.:4010",
                "gate.lan",
                "localhost:"
            })
    void addressAndEveryNameOfTheMachineAreItsOwn(String host) {
        assertTrue(own.isOwn(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":4010",
                ".",
                "localhost..",
                "example.org",
                "gate.example.com",
                "gate.example.org.evil.example",
                "xgate",
                "::1",
                "[::1",
                "::1]",
                "[127.0.0.1]",
                "[localhost]",
                "[]",
                "[::1]x",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:4010:1",
                "127.0.0.01",
                "0x7f.0.0.1",
                "user@localhost",
                "localhost/",
                "localhost evil.example",
                "localhost#x"
            })
    void everyOtherIsNot(String host) {
        assertFalse(own.isOwn(host));
    }

    @Test
    void namesHaveTheirDomainsAndNone() {
        assertEquals(
                Set.of("localhost", "gate", "gate.example.org", "gate.lan", "door", "door.lan"),
                OwnHost.names(
                        List.of("gate.example.org.", "Door", "", "127.0.1.1"), List.of("lan")));
    }

    @Test
    void thisMachineKnowsItsOwnName() throws Exception {
        Path kernels = Path.of("/proc/sys/kernel/hostname");
        if (Files.exists(kernels)) {
            assertTrue(OwnHost.ofThisMachine().isOwn(Files.readString(kernels)));
        }
        assertFalse(OwnHost.ofThisMachine().isOwn("evil.example"));
    }
}
