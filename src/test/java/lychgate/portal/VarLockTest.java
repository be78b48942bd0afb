package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.Python;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class VarLockTest {
    private static final String LOCKS_A_FILE =
            """
            import fcntl, os, sys, time
            file = open(sys.argv[1], "w")
            fcntl.lockf(file, fcntl.LOCK_EX)
            print(os.getpid(), file=file, flush=True)
            print("locked")
            time.sleep(60)
            """;

    private final Path var;

    VarLockTest(@TempDir Path home) {
        var = home.resolve("var");
    }

    @Test
    void folderIsMadeAndTheProcessNumberWrittenIntoIt() throws Exception {
        try (VarLock _ = VarLock.take(var)) {
            assertEquals(
                    ProcessHandle.current().pid() + "\n",
                    Files.readString(var.resolve("lychgate.pid")));
        }
    }

    @Test
    void processNumberIsTakenOutAtTheEnd() throws Exception {
        VarLock.take(var).close();
        assertEquals("", Files.readString(var.resolve("lychgate.pid")));
    }

    @Test
    void secondPortalOnTheSameFolderIsRefused() throws Exception {
        try (VarLock _ = VarLock.take(var)) {
            assertRefusedBecauseOf(ProcessHandle.current().pid());
        }
    }

    @Test
    void folderOfAnotherProcessIsRefusedUntilThatHasDied() throws Exception {
        Files.createDirectories(var);
        Path file = var.resolve("lychgate.pid");
        try (Python other = Python.runs(LOCKS_A_FILE, file.toString())) {
            assertEquals("locked", other.prints());
            assertRefusedBecauseOf(other.pid());
        }
        try (VarLock _ = VarLock.take(var)) {
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
        }
    }

    @Test
    void folderThatWasGivenBackMayBeTakenAgain() throws Exception {
        VarLock.take(var).close();
        VarLock.take(var).close();
    }

    @Test
    void folderThatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
        Files.createFile(var);
        StartException e = assertThrows(StartException.class, () -> VarLock.take(var));
        assertEquals(
                "The folder "
                        + var
                        + " cannot be written ("
                        + var
                        + "): make it writable for this user, or name another with --var.",
                e.getMessage());
    }

    private void assertRefusedBecauseOf(long pid) {
        StartException e = assertThrows(StartException.class, () -> VarLock.take(var));
        assertEquals(
                "A portal already runs on "
                        + var
                        + " (process "
                        + pid
                        + "): stop it, or give this one another folder with --var.",
                e.getMessage());
    }
}
