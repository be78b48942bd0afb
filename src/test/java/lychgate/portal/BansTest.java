package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.SmallDisk;
import lychgate.address.Cidr;
import lychgate.admin.Ban;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class BansTest {
    private final Path var;
    private final Bans bans;
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final InstantSource clock = () -> now;
    private long nanos = Long.MAX_VALUE; // overflows soon: only differences count

    BansTest(@TempDir Path var) {
        this.var = var;
        this.bans = new Bans(var, clock, () -> nanos);
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
        bans.add(ban("192.0.2.0/24"));
        assertTrue(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.3.7")));
        assertTrue(bans.remove(network("192.0.2.0/24")));
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertFalse(bans.remove(network("192.0.2.0/24")));
    }

    @Test
    void bansOutliveThePortal() throws Exception {
        bans.add(ban("192.0.2.7"));
        bans.add(ban("2001:db8::/32"));
        bans.add(ban("192.0.2.7"));
        Bans next = new Bans(var, clock, () -> nanos);
        next.load();
        assertEquals(List.of(ban("192.0.2.7"), ban("2001:db8::/32")), next.all());
        assertTrue(next.contains(InetAddress.ofLiteral("2001:db8::5")));
    }

    @Test
    void fileMayBeWrittenByHand() throws Exception {
        Files.writeString(var.resolve("bans"), "# a comment\n\n 192.0.2.7 \n");
        bans.load();
        assertEquals(List.of(ban("192.0.2.7")), bans.all());
    }

    @Test
    void editorOfWhoWroteTheFileDoesNotMatter() throws Exception {
        Files.writeString(
                var.resolve("bans"),
                "\u00ef\u00bb\u00bf192.0.2.7\r\n# f\u00fcr immer\r\n192.0.2.8",
                StandardCharsets.ISO_8859_1);
        bans.load();
        assertEquals(List.of(ban("192.0.2.7"), ban("192.0.2.8")), bans.all());
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
        IOException why = assertThrows(IOException.class, () -> bans.add(ban("192.0.2.7")));
        assertTrue(String.valueOf(why.getMessage()).startsWith("It holds now, but not after"));
        assertTrue(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
    }

    @Test
    void banThatCouldNotBeKeptIsKeptWhenItIsGivenAgain() throws Exception {
        Path inTheWay = Files.createDirectories(var.resolve("bans.new").resolve("x"));
        assertThrows(IOException.class, () -> bans.add(ban("192.0.2.7")));
        Files.delete(inTheWay);
        Files.delete(var.resolve("bans.new"));
        bans.add(ban("192.0.2.7"));
        assertEquals("192.0.2.7\n", Files.readString(var.resolve("bans")));
    }

    @Test
    void banEndsWhenItsTimeIsOverWhateverTheClockSays() throws Exception {
        bans.add(new Ban(network("192.0.2.7"), now.plus(Duration.ofDays(7)), "spam"));
        now = now.plus(Duration.ofDays(400)); // the system's clock was wrong, and is corrected
        assertTrue(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        bans.tidy();
        assertEquals(
                "192.0.2.7 until 2028-01-09T12:00:00Z # spam\n",
                Files.readString(var.resolve("bans")));
        nanos += Duration.ofDays(7).toNanos();
        assertFalse(bans.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertEquals(List.of(), bans.all());
        bans.tidy();
        assertEquals("", Files.readString(var.resolve("bans")));
    }

    @Test
    void endAndReasonOutliveThePortal() throws Exception {
        Ban given = new Ban(network("192.0.2.0/24"), now.plusSeconds(60), "spam # and \n until");
        bans.add(given);
        bans.add(new Ban(network("2001:db8::/32"), null, "scans"));
        Bans next = new Bans(var, clock, () -> nanos);
        next.load();
        assertEquals(List.of(given, new Ban(network("2001:db8::/32"), null, "scans")), next.all());
        now = now.plusSeconds(60);
        assertFalse(next.contains(InetAddress.ofLiteral("192.0.2.7")));
        assertFalse(next.remove(network("192.0.2.0/24")));
    }

    @Test
    void banThatIsGivenAgainIsReplacedInItsPlace() throws Exception {
        bans.add(ban("192.0.2.7"));
        bans.add(ban("192.0.2.8"));
        Ban again = new Ban(network("192.0.2.7"), now.plusSeconds(60), "spam");
        bans.add(again);
        assertEquals(List.of(again, ban("192.0.2.8")), bans.all());
    }

    @Test
    void banOfTheNarrowestNetworkGivesTheReason() throws Exception {
        bans.add(new Ban(network("192.0.0.0/16"), null, "a wide one"));
        bans.add(new Ban(network("192.0.2.0/24"), now.plusSeconds(60), "a narrow one"));
        InetAddress address = InetAddress.ofLiteral("192.0.2.7");
        assertEquals("a narrow one", Objects.requireNonNull(bans.of(address)).reason());
        nanos += Duration.ofSeconds(60).toNanos();
        assertEquals("a wide one", Objects.requireNonNull(bans.of(address)).reason());
    }

    @Test
    void endThatIsNoTimeIsNamed() throws Exception {
        Files.writeString(var.resolve("bans"), "192.0.2.7 until tomorrow # x\n");
        StartException why = assertThrows(StartException.class, bans::load);
        assertEquals(
                var.resolve("bans")
                        + ", line 1: tomorrow is no time like 2026-12-05T10:00:00Z: correct it,"
                        + " or remove it.",
                why.getMessage());
    }

    @Test
    void addressIsFoundAmongAHundredThousandBansAtOnce() throws Exception {
        String lines =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255))
                        .collect(Collectors.joining("\n"));
        Files.writeString(var.resolve("bans"), lines);
        bans.load();
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        assertTrue(bans.contains(InetAddress.ofLiteral("10.1.134.159")));
                        assertFalse(bans.contains(InetAddress.ofLiteral("10.1.134.160")));
                    }
                });
    }

    @Test
    void fullDiskLeavesTheOldBansAndNothingElse() throws Exception {
        try (SmallDisk disk = SmallDisk.on(var.resolve("disk"))) {
            Bans kept = new Bans(disk.folder(), clock, () -> nanos);
            kept.add(ban("192.0.2.1"));
            disk.fill();
            IOException why = assertThrows(IOException.class, () -> kept.add(ban("192.0.2.7")));
            assertTrue(String.valueOf(why.getMessage()).contains("No space left"), why.toString());
            assertEquals("192.0.2.1\n", Files.readString(disk.folder().resolve("bans")));
            assertFalse(Files.exists(disk.folder().resolve("bans.new")));
            disk.empty();
            kept.add(ban("192.0.2.7"));
            assertEquals("192.0.2.1\n192.0.2.7\n", Files.readString(disk.folder().resolve("bans")));
        }
    }

    private static Ban ban(String network) {
        return Ban.of(network(network));
    }

    private static Cidr network(String text) {
        Cidr network = Cidr.parse(text);
        assertTrue(network != null, text);
        return network;
    }
}
