package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.admin.Ban;
import lychgate.files.WrittenFile;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Banned networks. Stored in {@code var/bans}, one per line, so that bans survive a restart: {@code
 * 192.0.2.0/24 until 2026-12-05T10:00:00Z # spam}. Thread safe.
 *
 * <p>A ban that was given while this portal runs lasts as long as was said, whatever happens to the
 * system's clock; if that is corrected, so is the end that is stored. One that was read from the
 * file ends by the system's clock.
 */
final class Bans {
    private static final Logger log = LoggerFactory.getLogger(Bans.class);

    private static final Pattern LINE =
            Pattern.compile(
                    "(?<network>\\S+)(?:\\s+until\\s+(?<until>\\S+))?\\s*(?:#(?<reason>.*))?");

    /** A stored end that is off by more than this is corrected. */
    private static final Duration DRIFT = Duration.ofMinutes(1);

    private final Path file;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final BannedNetworks networks = new BannedNetworks();
    private boolean kept = true;

    /**
     * @param var the portal's folder; nothing is read yet
     * @param nanoTime a clock that only goes forward
     */
    Bans(Path var, InstantSource clock, LongSupplier nanoTime) {
        this.file = var.resolve("bans");
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Reads the stored bans. */
    synchronized void load() throws StartException {
        networks.clear();
        try {
            for (WrittenFile.Line each : WrittenFile.lines(file)) {
                String line = each.text().strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    Held held = new Held(parsed(line, each.number()), null);
                    if (!isOver(held)) {
                        networks.put(held);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // no bans yet
        } catch (IOException e) {
            throw new StartException(e.getMessage() + ".", e);
        }
    }

    private Ban parsed(String line, int number) throws StartException {
        Matcher parts = LINE.matcher(line);
        Cidr network = parts.matches() ? Cidr.parse(parts.group("network")) : null;
        if (network == null) {
            throw mistake(line, number, " is neither an address nor a network: correct it, or");
        }
        String until = parts.group("until");
        String reason = parts.group("reason");
        try {
            return new Ban(
                    network,
                    until == null ? null : Instant.parse(until),
                    reason == null ? "" : reason);
        } catch (DateTimeException e) {
            throw mistake(until, number, " is no time like 2026-12-05T10:00:00Z: correct it, or");
        }
    }

    private StartException mistake(String what, int line, String why) {
        return new StartException(
                file + ", line " + line + ": " + OneLine.of(what) + why + " remove it.");
    }

    /** The ban of an address; null if it is not banned. */
    @Nullable Ban of(InetAddress address) {
        Held held = networks.find(address, each -> !isOver(each));
        return held == null ? null : held.ban();
    }

    /** Whether the address is banned. */
    boolean contains(InetAddress address) {
        return of(address) != null;
    }

    /** All that have not ended, in the order in which they were given. */
    synchronized List<Ban> all() {
        return networks.all().stream().filter(held -> !isOver(held)).map(Held::ban).toList();
    }

    /**
     * Adds a ban, or replaces the one of the same network; if earlier changes could not be written,
     * tries to write them again.
     */
    synchronized void add(Ban ban) throws IOException {
        Held before = networks.get(ban.network());
        if (before != null && before.ban().equals(ban) && kept) {
            return;
        }
        Instant until = ban.until();
        networks.put(
                new Held(
                        ban,
                        until == null
                                ? null
                                : nanoTime.getAsLong()
                                        + Duration.between(clock.instant(), until).toNanos()));
        save();
    }

    /** Removes a ban; false if there is none. */
    synchronized boolean remove(Cidr network) throws IOException {
        Held held = networks.remove(network);
        if (held != null) {
            save();
        }
        return held != null && !isOver(held);
    }

    /** Forgets bans that have ended, and corrects the stored ends of others. May block. */
    synchronized void tidy() {
        boolean changed = false;
        for (Held held : networks.all()) {
            Ban ban = held.ban();
            if (isOver(held)) {
                networks.remove(ban.network());
                log.info("ban of {} has ended", ban);
                changed = true;
            } else if (held.endNanos() != null && ban.until() != null) {
                Instant end = clock.instant().plusNanos(held.endNanos() - nanoTime.getAsLong());
                if (Duration.between(end, ban.until()).abs().compareTo(DRIFT) > 0) {
                    networks.put(
                            new Held(new Ban(ban.network(), end, ban.reason()), held.endNanos()));
                    changed = true;
                }
            }
        }
        if (changed || !kept) {
            try {
                save();
            } catch (IOException e) {
                log.warn("bans: {}", e.getMessage());
            }
        }
    }

    /**
     * A ban that holds.
     *
     * @param endNanos when it ends, for one that was given while this portal runs
     */
    record Held(Ban ban, @Nullable Long endNanos) {}

    private boolean isOver(Held held) {
        Instant until = held.ban.until();
        return held.endNanos == null
                ? until != null && !clock.instant().isBefore(until)
                : nanoTime.getAsLong() - held.endNanos >= 0;
    }

    /** Writes all bans; the old file stays intact until the new one is complete. */
    private void save() throws IOException {
        kept = false;
        try {
            replace(
                    networks.all().stream()
                            .map(held -> held.ban() + "\n")
                            .collect(Collectors.joining()));
            kept = true;
        } catch (IOException e) {
            throw new IOException(
                    "It holds now, but not after a restart: "
                            + file
                            + " cannot be written ("
                            + e.getMessage()
                            + ").",
                    e);
        }
    }

    private void replace(String lines) throws IOException {
        Path next = file.resolveSibling("bans.new");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next); // an incomplete file, if writing failed
        }
    }
}
