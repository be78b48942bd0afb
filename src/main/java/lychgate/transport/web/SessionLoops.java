package lychgate.transport.web;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The threads that own web sessions: they write output, and process what input is left over. Few,
 * and each session has one of them: under load they go from one session to the next without
 * sleeping, while a pool would wake up a thread for each.
 */
final class SessionLoops {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();

    private final List<ExecutorService> loops;
    private final AtomicInteger next = new AtomicInteger();

    SessionLoops() {
        ThreadFactory named = Thread.ofPlatform().daemon().name("lychgate-web-loop-", 0).factory();
        loops =
                Stream.generate(() -> Executors.newSingleThreadExecutor(named))
                        .limit(COUNT)
                        .toList();
    }

    /** The loop for another session, which rejects tasks once all have stopped. */
    Executor next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** Stops the loops once what was submitted has been run. */
    void stop() {
        loops.forEach(ExecutorService::shutdown);
    }
}
