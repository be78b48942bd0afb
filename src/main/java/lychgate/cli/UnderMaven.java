package lychgate.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The entry point for {@code mvn exec:exec}: as {@link Main}, but a start that fails says so in its
 * one sentence. Maven would add forty lines to it; it is ended before it does.
 */
public final class UnderMaven {
    /** How long Maven may take to end: it has nothing to do but to run its shutdown hooks. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The class that a Maven of its own process starts with, unlike the one in an IDE. */
    private static final String LAUNCHER = "org.codehaus.plexus.classworlds.launcher.Launcher";

    private UnderMaven() {}

    /** Runs a command; if it fails, Maven's exit status is 143. */
    public static void main(String[] arguments) {
        int status = Main.run(arguments);
        if (status != 0) {
            ProcessHandle.current().parent().filter(UnderMaven::isMaven).ifPresent(UnderMaven::end);
        }
        System.exit(status);
    }

    private static boolean isMaven(ProcessHandle parent) {
        return List.of(parent.info().arguments().orElse(new String[0])).contains(LAUNCHER);
    }

    /** Ends Maven, which in turn ends this process, but must not see it ended before. */
    private static void end(ProcessHandle maven) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> awaitEnd(maven)));
        maven.destroy();
        awaitEnd(maven);
    }

    private static void awaitEnd(ProcessHandle maven) {
        maven.onExit().completeOnTimeout(maven, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
