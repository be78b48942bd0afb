package lychgate.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network of a program's own, with nothing but the loopback interface, in which it may drop
 * packets: Linux, with {@code unshare} and {@code nft}, and allowed to.
 */
final class Namespace {
    /** The system property that says that this process is inside. */
    private static final String INSIDE = "lychgate.load.namespace";

    private static final String TABLE = "inet lychgate";

    private Namespace() {}

    /** Whether this process is in one. */
    static boolean isHere() {
        return Boolean.getBoolean(INSIDE);
    }

    /** Whether one can be made. */
    static boolean isPossible() throws InterruptedException {
        try {
            return new ProcessBuilder(within(List.of("nft", "add", "table", "inet", "lychgate")))
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such programs
        }
    }

    /** Runs the program anew in one; its exit status. */
    static int run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-D" + INSIDE + "=true", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path", ""), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(within(command)).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }

    private static List<String> within(List<String> command) {
        List<String> all = new ArrayList<>(List.of("unshare", "--map-root-user", "--net"));
        all.addAll(List.of("sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    /** From now on, whatever is sent to or from these TCP ports is dropped. */
    static void drop(List<Integer> ports) throws IOException, InterruptedException {
        String set = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        nft("add table " + TABLE);
        nft("add chain " + TABLE + " in { type filter hook input priority 0; }");
        nft("add rule " + TABLE + " in tcp dport { " + set + " } drop");
        nft("add rule " + TABLE + " in tcp sport { " + set + " } drop");
    }

    /** From now on, nothing is dropped. */
    static void heal() throws IOException, InterruptedException {
        nft("delete table " + TABLE);
    }

    private static void nft(String words) throws IOException, InterruptedException {
        if (new ProcessBuilder("nft", words).inheritIO().start().waitFor() != 0) {
            throw new IOException("nft " + words);
        }
    }
}
