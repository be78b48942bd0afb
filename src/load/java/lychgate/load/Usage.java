package lychgate.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a portal has in use.
 *
 * @param threads its threads, as the system counts them
 * @param files its open descriptors
 * @param heapKib what is left of its heap after a collection
 */
record Usage(int threads, int files, long heapKib) {
    /** Threads of pools that come and go: Jetty's, the compilers', the collector's. */
    private static final int MORE_THREADS = 6;

    private static final int MORE_FILES = 2;

    /**
     * {@code scale-reliability-security} names 5 MB; the rest is what classes loaded since keep.
     */
    private static final long MORE_HEAP_KIB = 6 * 1024;

    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    static Usage of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        long heap = 0;
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        while (used.find()) {
            heap += Long.parseLong(used.group(1));
        }
        return new Usage(entries(pid, "task"), entries(pid, "fd"), heap);
    }

    /** What has grown since another time; empty: nothing. */
    List<String> grownSince(Usage then) {
        List<String> grown = new ArrayList<>();
        if (threads > then.threads + MORE_THREADS) {
            grown.add("threads: " + then.threads + " at first, " + threads + " at last");
        }
        if (files > then.files + MORE_FILES) {
            grown.add("open files: " + then.files + " at first, " + files + " at last");
        }
        if (heapKib > then.heapKib + MORE_HEAP_KIB) {
            grown.add("heap: " + then.heapKib + " KiB at first, " + heapKib + " KiB at last");
        }
        return grown;
    }

    private static int entries(long pid, String folder) throws IOException {
        String[] names = new File("/proc/" + pid + "/" + folder).list();
        if (names == null) {
            throw new IOException("process " + pid + " is gone");
        }
        return names.length;
    }

    private static String jcmd(long pid, String what) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home", ""), "bin", "jcmd")
                                        .toString(),
                                Long.toString(pid),
                                what)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new UncheckedIOException(new IOException("jcmd: " + said));
        }
        return said;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "threads=%d files=%d heap=%dKiB", threads, files, heapKib);
    }
}
