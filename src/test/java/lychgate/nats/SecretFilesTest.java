package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What an operator is told of files that cannot be used; no server is needed. */
class SecretFilesTest {
    private final Path folder;
    private final Path creds;

    SecretFilesTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.creds = IssuedUser.in(folder).credentials();
    }

    @Test
    void privateCredentialsAreTaken() throws Exception {
        open(creds, null).close();
    }

    @Test
    void credentialsThatOthersCanReadAreRefused() throws Exception {
        Files.setPosixFilePermissions(creds, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(
                "nats.credentials: " + creds + " can be read by others: chmod 600 it.",
                refusal(creds, null));
    }

    @Test
    void linkToCredentialsIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.creds"), creds);
        assertTrue(refusal(link, null).startsWith("nats.credentials: " + link + " is a symbolic"));
    }

    @Test
    void missingCredentialsAreNamed() {
        Path missing = folder.resolve("missing.creds");
        assertEquals(
                "nats.credentials: " + missing + " does not exist: put the user's .creds there.",
                refusal(missing, null));
    }

    @Test
    void fileWithoutCredentialsIsNamedAndNotShown() throws Exception {
        Files.writeString(creds, "s3cret\n");
        String refusal = refusal(creds, null);
        assertTrue(refusal.contains(creds + " does not hold the JWT and the seed"), refusal);
        assertFalse(refusal.contains("s3cret"), refusal);
        Files.writeString(creds, "");
        assertTrue(refusal(creds, null).contains("does not hold the JWT and the seed"));
    }

    @Test
    void missingAuthorityIsNamed() {
        Path missing = folder.resolve("ca.pem");
        assertEquals(
                "nats.ca: " + missing + " does not exist: put the authority's PEM file there.",
                refusal(null, missing));
    }

    @Test
    void fileWithoutCertificateIsNamed() throws Exception {
        for (String text : List.of("", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
            Path file = Files.writeString(folder.resolve("ca.pem"), text);
            String refusal = refusal(null, file);
            assertTrue(refusal.startsWith("nats.ca: " + file + " holds no certificate"), refusal);
        }
    }

    private static String refusal(@Nullable Path credentials, @Nullable Path ca) {
        return String.valueOf(
                assertThrows(IOException.class, () -> open(credentials, ca)).getMessage());
    }

    private static NatsConnection open(@Nullable Path credentials, @Nullable Path ca)
            throws IOException {
        return NatsConnection.open(
                new NatsConfig(
                        List.of(new ServerUrl(true, null, "127.0.0.1", 1)),
                        credentials,
                        ca,
                        "main",
                        1,
                        "main",
                        false),
                Meters.NONE,
                System::nanoTime);
    }
}
