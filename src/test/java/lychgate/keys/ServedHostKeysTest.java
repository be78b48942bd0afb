package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

@Timeout(120)
class ServedHostKeysTest {
    private static final List<String> FIRST =
            List.of("ssh_host_ed25519_key", "ssh_host_ed25519_key.pub");
    private static final List<String> ALL =
            Stream.concat(FIRST.stream(), Stream.of("ssh_host_rsa_key", "ssh_host_rsa_key.pub"))
                    .toList();

    private final Path folder;

    ServedHostKeysTest(@TempDir Path etc) {
        folder = etc.resolve("ssh");
    }

    @Test
    void keyThatTakesNoTimeIsServedAtOnceAndTheOtherWhenItIsMade() throws IOException {
        try (ServedHostKeys keys = ServedHostKeys.open(folder)) {
            assertEquals(1, keys.pairs().size());
            assertEquals(List.of("ED25519"), types());
            HostKey first = SshHostKeys.list(folder).getFirst();
            keys.makeMissing();
            await(() -> keys.pairs().size() == 2);
            SshHostKeys.awaitMaking(folder);
            assertEquals(List.of("ED25519", "RSA"), types());
            assertEquals(first, SshHostKeys.list(folder).getFirst());
            assertEquals(3072, SshHostKeys.list(folder).getLast().bits());
            assertEquals(ALL, names());
        }
    }

    @Test
    void keysThatAreThereAreServedAtOnce() throws IOException {
        SshHostKeys.open(folder);
        try (ServedHostKeys keys = ServedHostKeys.open(folder)) {
            assertEquals(2, keys.pairs().size());
            keys.makeMissing();
            assertEquals(2, keys.pairs().size());
        }
    }

    @Test
    void whoStopsMeanwhileLeavesNothingHalf() throws IOException {
        ServedHostKeys keys = ServedHostKeys.open(folder);
        keys.makeMissing();
        keys.close();
        List<String> left = names();
        assertTrue(left.equals(FIRST) || left.equals(ALL), left.toString());
        await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::makes));
        assertEquals(left, names());
    }

    @Test
    void whoAsksForTheKeysWaitsForThoseThatAreBeingMade() throws IOException {
        ServedHostKeys keys = ServedHostKeys.open(folder);
        CompletableFuture<Void> asks =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                SshHostKeys.awaitMaking(folder);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertFalse(asks.isDone());
        keys.makeMissing();
        asks.join();
        assertEquals(List.of("ED25519", "RSA"), types());
        keys.close();
    }

    @Test
    void nobodyIsWaitedForWhereNobodyMakesKeys() throws IOException {
        SshHostKeys.awaitMaking(folder); // there is no folder
        ServedHostKeys.open(folder).close();
        SshHostKeys.awaitMaking(folder);
        assertEquals(FIRST, names());
    }

    @Test
    void rotatingWaitsForWhoMakesKeys() throws IOException {
        ServedHostKeys keys = ServedHostKeys.open(folder);
        CompletableFuture<Void> rotates =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                SshHostKeys.rotate(folder, Instant.ofEpochSecond(5));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        keys.makeMissing();
        await(() -> keys.pairs().size() == 2);
        rotates.join();
        assertTrue(names().contains("ssh_host_rsa_key.5"), names().toString());
        assertEquals(List.of("ED25519", "RSA"), types());
        keys.close();
    }

    @Test
    void whatOneLeftWhoDiedIsClearedAway() throws IOException {
        SshHostKeys.open(folder);
        Files.createFile(folder.resolve(".making"));
        Files.createFile(folder.resolve(".new123.tmp"));
        ServedHostKeys.open(folder).close();
        assertEquals(ALL, names());
        Files.delete(folder.resolve("ssh_host_rsa_key")); // it was not whole
        Files.createFile(folder.resolve(".making"));
        try (ServedHostKeys keys = ServedHostKeys.open(folder)) {
            keys.makeMissing();
            await(() -> keys.pairs().size() == 2);
        }
        assertEquals(ALL, names());
    }

    @Test
    void keyThatCannotBeUsedEndsTheStart() throws IOException {
        PrivateFile.makeFolder(folder);
        PrivateFile.write(folder.resolve("ssh_host_ed25519_key"), new byte[] {'x'});
        assertThrows(IOException.class, () -> ServedHostKeys.open(folder));
        assertEquals(List.of("ssh_host_ed25519_key"), names());
    }

    private boolean makes(Thread thread) {
        return thread.getName().equals("lychgate-keys");
    }

    private List<String> types() throws IOException {
        return SshHostKeys.list(folder).stream().map(HostKey::type).toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
