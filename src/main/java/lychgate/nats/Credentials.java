package lychgate.nats;

import io.nats.client.AuthHandler;
import io.nats.client.Nats;

import lychgate.files.MistakeInFile;
import lychgate.files.WrittenFile;
import lychgate.keys.PrivateFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads a {@code .creds} file, which is as private as a key. */
final class Credentials {
    private Credentials() {}

    /**
     * Proves with the file who this is. It is read again for each connection, so that new
     * credentials need no restart.
     *
     * @throws IOException if it is not usable, or others can read it: the message is one sentence
     */
    static AuthHandler of(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "nats.credentials: " + file + " does not exist: put the user's .creds there.");
        }
        try {
            PrivateFile.check(file);
        } catch (IOException e) {
            throw new IOException("nats.credentials: " + e.getMessage(), e);
        }
        check(file);
        return Nats.credentials(file.toString());
    }

    private static void check(Path file) throws IOException {
        try {
            AuthHandler user =
                    Nats.staticCredentials(WrittenFile.text(file).getBytes(StandardCharsets.UTF_8));
            if (user.getJWT().length == 0 || user.getID().length == 0) {
                throw notCredentials(file, null);
            }
        } catch (MistakeInFile e) {
            throw new IOException("nats.credentials: " + e.getMessage() + ".", e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw notCredentials(file, e);
        }
    }

    private static IOException notCredentials(Path file, @Nullable Exception cause) {
        return new IOException(
                "nats.credentials: "
                        + file
                        + " does not hold the JWT and the seed of a NATS user: make it anew with"
                        + " nsc generate creds.",
                cause);
    }
}
