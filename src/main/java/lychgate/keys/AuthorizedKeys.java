package lychgate.keys;

import lychgate.files.WrittenFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The public keys that may log in: {@code keys/authorized_keys}, in OpenSSH's format (sshd(8)). The
 * comment of a line is the account that the key belongs to; {@link KeyOptions} handles its options.
 * A line that is invalid, or has options that cannot be enforced, is skipped with a warning.
 *
 * <p>Read again when the file has changed. Any thread may ask.
 */
public final class AuthorizedKeys {
    private static final Logger log = LoggerFactory.getLogger(AuthorizedKeys.class);

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final InstantSource clock;
    private final ZoneId zone;
    private @Nullable Object seen;
    private @Nullable String failure;
    private List<AuthorizedKey> lines = List.of();

    /**
     * @param file need not exist
     */
    public AuthorizedKeys(Path file) {
        this(file, InstantSource.system(), ZoneId.systemDefault());
    }

    /**
     * @param clock decides when keys have expired
     * @param zone the time zone of times in the file without one
     */
    AuthorizedKeys(Path file, InstantSource clock, ZoneId zone) {
        this.file = file;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * The accounts that a key may log in to, from that address and now; none if it is not listed.
     *
     * @param blob the key as it crosses the wire (RFC 4253, 6.6)
     */
    public List<String> accounts(byte[] blob, InetAddress from) {
        Instant now = clock.instant();
        return lines().stream()
                .filter(line -> Arrays.equals(line.blob(), blob))
                .filter(line -> line.options().allow(from, now))
                .map(AuthorizedKey::account)
                .toList();
    }

    /**
     * Checks that the file can be used, if there is one.
     *
     * @throws IOException if none of its keys would be: the message is a sentence with the remedy
     */
    public static void check(Path file) throws IOException {
        try {
            WrittenFile.lines(file);
            if (isWritableByOthers(file)) {
                throw new IOException(
                        file
                                + " is writable by others, so that none of its keys is used: chmod"
                                + " go-w it.");
            }
        } catch (NoSuchFileException e) {
            return; // nobody has a key
        }
    }

    private static boolean isWritableByOthers(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(WRITABLE_BY_OTHERS::contains);
    }

    /** Reads the file if it has changed, so that its mistakes are logged now. */
    public void refresh() {
        lines();
    }

    private synchronized List<AuthorizedKey> lines() {
        try {
            PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
            List<?> state =
                    List.of(
                            now.lastModifiedTime(),
                            now.size(),
                            String.valueOf(now.fileKey()),
                            now.permissions());
            if (!state.equals(seen)) {
                lines = read();
                seen = state;
            }
            failure = null;
        } catch (NoSuchFileException e) {
            seen = null;
            failure = null;
            lines = List.of();
        } catch (IOException e) {
            seen = null; // try again next time
            lines = List.of();
            String why = String.valueOf(e.getMessage());
            if (!why.equals(failure)) {
                failure = why;
                log.warn("all keys of {} disabled: {}", file, why);
            }
        }
        return lines;
    }

    private List<AuthorizedKey> read() throws IOException {
        if (isWritableByOthers(file)) {
            log.warn("{} is writable by others, all keys disabled: chmod go-w it", file);
            return List.of();
        }
        List<AuthorizedKey> read = new ArrayList<>();
        for (WrittenFile.Line line : WrittenFile.lines(file)) {
            String text = line.text().strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                if (!line.isText()) {
                    throw new RefusedKey("is not UTF-8 text");
                }
                read.add(AuthorizedKey.parse(text, zone));
            } catch (RefusedKey e) {
                log.warn("{}, line {}: {}; line skipped", file, line.number(), e.getMessage());
            }
        }
        return List.copyOf(read);
    }
}
