package lychgate.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handles SIGHUP, with which operators order a reload, and the kernel reports that the terminal of
 * a portal in the foreground is gone: that ends it. A signal during the start is handled after it.
 */
final class Hangup {
    private static final Logger log = LoggerFactory.getLogger(Hangup.class);

    /** The terminal of this process, whichever it is: tty(4). */
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final boolean hadTerminal = hasTerminal();
    private final Semaphore orders = new Semaphore(0);
    private final AtomicBoolean handles = new AtomicBoolean();

    private Hangup() {}

    /** Starts handling the signal. */
    static Hangup handle() {
        Hangup hangup = new Hangup();
        try {
            hangup.install();
            hangup.handles.set(true);
        } catch (ReflectiveOperationException e) {
            log.warn("SIGHUP cannot be handled, and ends the portal: {}", e.toString());
        }
        return hangup;
    }

    /**
     * The only way in which Java handles signals is the module jdk.unsupported, of which the
     * compiler warns in a way that cannot be suppressed: hence by reflection.
     */
    private void install() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ordering =
                Proxy.newProxyInstance(
                        Hangup.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (_, _, _) -> {
                            orders.release();
                            return null;
                        });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ordering);
    }

    /**
     * From now on, each signal reloads; several that arrive during a reload count as one.
     *
     * @param reload reports its own failure
     * @param stop ends the process; for when the terminal is gone
     */
    void begin(Runnable reload, Runnable stop) {
        if (!handles.get()) {
            return;
        }
        Thread.ofPlatform()
                .name("lychgate-reload")
                .daemon()
                .start(
                        () -> {
                            while (true) {
                                orders.acquireUninterruptibly();
                                orders.drainPermits();
                                if (hadTerminal && !hasTerminal()) {
                                    log.info("the terminal is gone (SIGHUP)");
                                    stop.run();
                                } else {
                                    reload.run();
                                }
                            }
                        });
    }

    private static boolean hasTerminal() {
        try (FileChannel terminal = FileChannel.open(TERMINAL, StandardOpenOption.READ)) {
            return terminal.isOpen();
        } catch (IOException e) {
            return false;
        }
    }
}
