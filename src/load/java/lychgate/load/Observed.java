package lychgate.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resource usage of a process, from /proc. */
final class Observed {
    private static final double TICKS_PER_SECOND = 100;

    private final Path proc;

    Observed(long pid) {
        proc = Path.of("/proc", Long.toString(pid));
    }

    /** CPU time so far, user and system. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Current resident memory. */
    long rssKib() throws IOException {
        return status("VmRSS:");
    }

    /** Peak resident memory since {@link #forgetPeak}. */
    long peakKib() throws IOException {
        return status("VmHWM:");
    }

    /** Resets the peak. */
    void forgetPeak() throws IOException {
        Files.writeString(proc.resolve("clear_refs"), "5");
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name);
    }
}
