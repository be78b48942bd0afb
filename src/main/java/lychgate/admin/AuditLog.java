package lychgate.admin;

import lychgate.files.Ownership;
import lychgate.oob.Json;
import lychgate.text.OneLine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Who has ordered what, when, and with what result: {@code var/log/audit.log}, a line each, in text
 * or JSON. When the file is full it is renamed, and the oldest is deleted. Thread safe; if a line
 * cannot be written, the order is carried out all the same, and the log says so.
 */
public final class AuditLog implements Audit {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    /** Maximum size of a file: some ten thousand orders. */
    static final long MAX_BYTES = 1 << 20;

    /** Older files that are kept, {@code audit.log.1} being the newest. */
    static final int KEPT = 9;

    private final Path file;
    private final InstantSource clock;
    private final BooleanSupplier json;

    /**
     * @param var the portal's folder
     * @param json whether lines are JSON; asked each time
     */
    public AuditLog(Path var, InstantSource clock, BooleanSupplier json) {
        this.file = var.resolve("log").resolve("audit.log");
        this.clock = clock;
        this.json = json;
    }

    @Override
    public synchronized void record(Operator who, String order, String result) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            Ownership.makeFolder(file.resolveSibling(".").normalize());
            if (Files.exists(file) && Files.size(file) >= MAX_BYTES) {
                rotate();
            }
            append(
                    json.getAsBoolean()
                            ? json(now, who, order, result)
                            : text(now, who, order, result));
        } catch (IOException e) {
            log.warn("audit log {}: could not record an order: {}", file, e.toString());
        }
    }

    private static String text(Instant now, Operator who, String order, String result) {
        return "%s %s: %s: %s"
                .formatted(now, OneLine.of(who.name()), OneLine.of(order), OneLine.of(result));
    }

    private static String json(Instant now, Operator who, String order, String result) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("time", now.toString());
        line.put("who", OneLine.of(who.name()));
        line.put("order", OneLine.of(order));
        line.put("result", OneLine.of(result));
        return Json.write(line);
    }

    /**
     * One write, so that lines of another process (lychgate keys rotate) are never mixed in. What
     * that makes as root is not closed to the portal.
     */
    private void append(String line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND,
                                LinkOption.NOFOLLOW_LINKS),
                        Ownership.FILE_MODE)) {
            if (channel.size() == 0) {
                Ownership.giveToOwner(file);
            }
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void rotate() throws IOException {
        for (int number = KEPT; number > 0; number--) {
            Path from = number == 1 ? file : older(number - 1);
            if (Files.exists(from)) {
                Files.move(from, older(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path older(int number) {
        return file.resolveSibling("audit.log." + number);
    }
}
