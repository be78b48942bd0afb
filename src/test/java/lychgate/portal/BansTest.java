package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.SmallDisk;
import lychgate.address.Cidr;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class BansTest {
    private final Path var;
    private final Bans bans;

    BansTest(@TempDir Path var) {
        this.var = var;
        this.bans = new Bans(var);
    }

    @BeforeEach
    void load() throws StartException {
        bans.load();
    }

    @Test
    void nobodyIsBannedAtFirst() {
        assertEquals(List.of(), bans.all());
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
    }

    @Test
    void networkIsBannedUntilItIsTakenBack() throws IOException {
        bans.add(network("192.0.2.0/24"));
        assertTrue(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.3.7")));
        assertTrue(bans.remove(network("192.0.2.0/24")));
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertFalse(bans.remove(network("192.0.2.0/24")));
    }

    @Test
    void bansOutliveThePortal() throws Exception {
        bans.add(network("192.0.2.7"));
        bans.add(network("2001:db8::/32"));
        bans.add(network("192.0.2.7"));
        Bans next = new Bans(var);
        next.load();
        assertEquals(List.of(network("192.0.2.7"), network("2001:db8::/32")), next.all());
        assertTrue(next.contains(InetAddress.ofLiteral("2001:db8::5")));
    }

    @Test
    void fileMayBeWrittenByHand() throws Exception {
        Files.writeString(var.resolve("bans"), "# a comment\n\n 192.0.2.7 \n");
        bans.load();
        assertEquals(List.of(network("192.0.2.7")), bans.all());
    }

    @Test
    void editorOfWhoWroteTheFileDoesNotMatter() throws Exception {
        Files.writeString(
                var.resolve("bans"),
                "\u00ef\u00bb\u00bf192.0.2.7\r\n# f\u00fcr immer\r\n192.0.2.8",
                StandardCharsets.ISO_8859_1);
        bans.load();
        assertEquals(List.of(network("192.0.2.7"), network("192.0.2.8")), bans.all());
    }

    @Test
    void lineThatIsNoNetworkIsNamed() throws Exception {
        Files.writeString(var.resolve("bans"), "192.0.2.7\nhere\n");
        StartException why = assertThrows(StartException.class, bans::load);
        assertEquals(
                var.resolve("bans")
                        + ", line 2: here is neither an address nor a network: correct it, or"
                        + " remove it.",
                why.getMessage());
    }

    @Test
    void banThatCannotBeKeptHoldsAllTheSame() throws Exception {
        Files.createDirectories(var.resolve("bans.new"));
        IOException why = assertThrows(IOException.class, () -> bans.add(network("192.0.2.7")));
        assertTrue(String.valueOf(why.getMessage()).startsWith("It holds now, but not after"));
        assertTrue(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
    }

    @Test
    void banThatCouldNotBeKeptIsKeptWhenItIsGivenAgain() throws Exception {
        Path inTheWay = Files.createDirectories(var.resolve("bans.new").resolve("x"));
        assertThrows(IOException.class, () -> bans.add(network("192.0.2.7")));
        Files.delete(inTheWay);
        Files.delete(var.resolve("bans.new"));
        bans.add(network("192.0.2.7"));
        assertEquals("192.0.2.7\n", Files.readString(var.resolve("bans")));
    }

    @Test
    void fullDiskLeavesTheOldBansAndNothingElse() throws Exception {
        try (SmallDisk disk = SmallDisk.on(var.resolve("disk"))) {
            Bans kept = new Bans(disk.folder());
            kept.add(network("192.0.2.1"));
            disk.fill();
            IOException why = assertThrows(IOException.class, () -> kept.add(network("192.0.2.7")));
            assertTrue(String.valueOf(why.getMessage()).contains("No space left"), why.toString());
            assertEquals("192.0.2.1\n", Files.readString(disk.folder().resolve("bans")));
            assertFalse(Files.exists(disk.folder().resolve("bans.new")));
            disk.empty();
            kept.add(network("192.0.2.7"));
            assertEquals("192.0.2.1\n192.0.2.7\n", Files.readString(disk.folder().resolve("bans")));
        }
    }

    private static Cidr network(String text) {
        Cidr network = Cidr.parse(text);
        assertTrue(network != null, text);
        return network;
    }
}
