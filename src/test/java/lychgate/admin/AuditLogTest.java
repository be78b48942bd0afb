package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import lychgate.oob.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class AuditLogTest {
    private static final Operator ROWAN = new Operator("user rowan");

    private final Path var;
    private final Path folder;
    private final Path file;
    private boolean json;
    private final AuditLog audit;

    AuditLogTest(@TempDir Path var) {
        this.var = var;
        folder = var.resolve("log");
        file = folder.resolve("audit.log");
        audit = new AuditLog(var, () -> Instant.parse("2026-11-28T12:00:00.123456Z"), () -> json);
    }

    @Test
    void orderIsALineWithTimeAndUserThatOnlyTheOwnerReads() throws IOException {
        audit.record(ROWAN, "kick 7 be kind", Audit.DONE);
        audit.record(Operator.SIGNAL, "reload --config", "lychgate.toml, line 2: wrong");
        assertEquals(
                "2026-11-28T12:00:00.123Z user rowan: kick 7 be kind: done\n"
                        + "2026-11-28T12:00:00.123Z signal: reload --config: lychgate.toml, line 2:"
                        + " wrong\n",
                Files.readString(file));
        assertEquals("rw-------", mode(file));
        assertEquals("rwx------", mode(file.resolveSibling(".")));
    }

    @Test
    void nothingThatIsSaidForgesAnotherLine() throws Exception {
        audit.record(new Operator("a\nb"), "say \u001b[2J\r\n\u2028x", "no\n");
        json = true;
        audit.record(new Operator("a\"\nb"), "say \"\\\u001b\ud800", "no\n");
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().endsWith("a\\x0ab: say \\x1b[2J\\x0d\\x0a\\x2028x: no\\x0a"));
        assertEquals(
                Map.of(
                        "time", "2026-11-28T12:00:00.123Z",
                        "who", "a\"\\x0ab",
                        "order", "say \"\\\\x1b\\xd800",
                        "result", "no\\x0a"),
                Json.read(lines.getLast()));
    }

    @Test
    void filesAreBoundedInSizeAndNumber() throws IOException {
        String line = "x".repeat(400);
        for (int i = 0; i < 12; i++) {
            audit.record(ROWAN, "say " + i, Audit.DONE);
            Files.writeString(file, line.repeat((int) AuditLog.MAX_BYTES / 400 + 1));
        }
        audit.record(ROWAN, "say last", Audit.DONE);
        assertTrue(Files.readString(file).contains("say last"));
        assertTrue(Files.exists(file.resolveSibling("audit.log.9")));
        assertFalse(Files.exists(file.resolveSibling("audit.log.10")));
    }

    @Test
    void fileThatCannotBeWrittenHoldsNobodyUp() throws IOException {
        Files.createDirectories(file);
        audit.record(ROWAN, "say hello", Audit.DONE);
        assertTrue(Files.isDirectory(file));
    }

    @Test
    void linkInPlaceOfTheFileIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path target = Files.writeString(elsewhere.resolve("passwd"), "");
        Files.createDirectories(folder);
        Files.createSymbolicLink(file, target);
        audit.record(ROWAN, "say hello", Audit.DONE);
        assertEquals("", Files.readString(target));
    }

    @Test
    void rootFollowsNoLinkOfThePortalsUserAndGivesNothingAway(@TempDir Path elsewhere)
            throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Path link = Files.createSymbolicLink(folder, elsewhere);
        for (Path portals : List.of(var, link)) {
            Files.setAttribute(portals, "unix:uid", 1000, LinkOption.NOFOLLOW_LINKS);
        }
        audit.record(ROWAN, "keys rotate tls", Audit.DONE);
        assertEquals(0, Files.getAttribute(elsewhere, "unix:uid"));
        assertFalse(Files.exists(elsewhere.resolve("audit.log")));
    }

    @Test
    void whatRootMakesBelongsToThePortalsUser() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Files.setAttribute(var, "unix:uid", 1000);
        Files.setAttribute(var, "unix:gid", 1001);
        audit.record(ROWAN, "keys rotate tls", Audit.DONE);
        for (Path made : List.of(folder, file)) {
            assertEquals(1000, Files.getAttribute(made, "unix:uid"));
            assertEquals(1001, Files.getAttribute(made, "unix:gid"));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
