package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.files.WrittenFile;

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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Banned networks. Stored in {@code var/bans}, one network per line, so that bans survive a
 * restart. Thread safe.
 */
final class Bans {
    private final Path file;
    private volatile List<Cidr> networks = List.of();
    private boolean kept = true;

    /**
     * @param var the portal's folder; nothing is read yet
     */
    Bans(Path var) {
        this.file = var.resolve("bans");
    }

    /** Reads the stored bans. */
    void load() throws StartException {
        List<Cidr> kept = new ArrayList<>();
        try {
            for (WrittenFile.Line each : WrittenFile.lines(file)) {
                String line = each.text().strip();
                Cidr network = Cidr.parse(line);
                if (network != null) {
                    kept.add(network);
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    throw new StartException(
                            file
                                    + ", line "
                                    + each.number()
                                    + ": "
                                    + OneLine.of(line)
                                    + " is neither an address nor a network: correct it, or remove"
                                    + " it.");
                }
            }
        } catch (NoSuchFileException e) {
            // no bans yet
        } catch (IOException e) {
            throw new StartException(e.getMessage() + ".", e);
        }
        networks = List.copyOf(kept);
    }

    /** Whether the address is banned. */
    boolean contains(InetAddress address) {
        for (Cidr network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    List<Cidr> all() {
        return networks;
    }

    /**
     * Adds a ban if it is new; if earlier changes could not be written, tries to write them again.
     */
    synchronized void add(Cidr network) throws IOException {
        List<Cidr> more = new ArrayList<>(networks);
        if (!more.contains(network)) {
            more.add(network);
            change(more);
        } else if (!kept) {
            change(more);
        }
    }

    /** Removes a ban; false if there is none. */
    synchronized boolean remove(Cidr network) throws IOException {
        List<Cidr> fewer = new ArrayList<>(networks);
        boolean there = fewer.remove(network);
        if (there) {
            change(fewer);
        }
        return there;
    }

    /**
     * Applies a change at once, then writes it; the old file stays intact until the new one is
     * complete.
     */
    private void change(List<Cidr> changed) throws IOException {
        networks = List.copyOf(changed);
        kept = false;
        try {
            replace(changed.stream().map(each -> each + "\n").collect(Collectors.joining()));
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
