package lychgate.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class LevelSignalTest {
    private final AtomicBoolean level = new AtomicBoolean();
    private final List<Boolean> told = new ArrayList<>();

    @Test
    void changeIsToldOnce() {
        LevelSignal signal = new LevelSignal(false, level::get, told::add);
        signal.changed();
        level.set(true);
        signal.changed();
        signal.changed();
        level.set(false);
        signal.changed();
        assertEquals(List.of(true, false), told);
    }

    @Test
    void listenerThatHasForgottenIsToldAgain() {
        LevelSignal signal = new LevelSignal(true, level::get, told::add);
        signal.changed();
        signal.repeat();
        signal.changed();
        assertEquals(List.of(false, false), told);
    }

    @Test
    void changeThatTheListenerBringsAboutIsToldAfterwards() {
        LevelSignal[] signal = new LevelSignal[1];
        signal[0] =
                new LevelSignal(
                        false,
                        level::get,
                        now -> {
                            if (now) {
                                level.set(false);
                                signal[0].changed();
                            }
                            told.add(now);
                        });
        level.set(true);
        signal[0].changed();
        assertEquals(List.of(true, false), told);
    }

    @Test
    void listenerThatThrowsIsToldOnceMore() {
        LevelSignal signal =
                new LevelSignal(
                        false,
                        level::get,
                        now -> {
                            told.add(now);
                            if (told.size() == 1) {
                                throw new IllegalStateException("a listener");
                            }
                        });
        level.set(true);
        assertThrows(IllegalStateException.class, signal::changed);
        signal.changed();
        level.set(false);
        signal.changed();
        assertEquals(List.of(true, true, false), told);
    }

    @RepeatedTest(10)
    void lastValueIsToldLastWhicheverThreadsChangeIt() throws InterruptedException {
        AtomicInteger atOnce = new AtomicInteger();
        List<String> faults = new ArrayList<>();
        LevelSignal signal =
                new LevelSignal(
                        false,
                        level::get,
                        now -> {
                            if (atOnce.incrementAndGet() != 1) {
                                faults.add("two at once");
                            }
                            if (!told.isEmpty() && told.getLast() == now) {
                                faults.add("the same twice");
                            }
                            told.add(now);
                            atOnce.decrementAndGet();
                        });
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 10_000; i++) {
                                            level.set(!level.get());
                                            signal.changed();
                                        }
                                        level.set(true);
                                        signal.changed();
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), faults);
        assertEquals(true, told.getLast());
    }
}
