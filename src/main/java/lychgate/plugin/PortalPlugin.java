package lychgate.plugin;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A service of the portal, usually a protocol that listens on a port. Found by {@link
 * java.util.ServiceLoader} on the class path and in the jars of {@code HOME/plugins/}.
 *
 * <p>The life of a plugin:
 *
 * <ol>
 *   <li>Its no-argument constructor creates it and does nothing else.
 *   <li>{@link #configure} reads its settings, at the start and for {@code lychgate check}.
 *   <li>{@link #start} starts it. From then on it is listed with its {@link #port}.
 *   <li>{@link #ready} tells it that everything else has started.
 *   <li>{@link #closeListener} stops accepting connections; existing ones stay.
 *   <li>{@link #stop} stops it. Plugins are stopped in the reverse of their starting order.
 * </ol>
 *
 * <p>A plugin that is disabled ({@code plugins.NAME.enabled = false}) is created and configured,
 * but never started. The methods are called one after the other, by one thread.
 */
public interface PortalPlugin {

    /**
     * Its name in the configuration, the start-up lines and the counters. If two plugins have the
     * same name, the portal does not start.
     */
    String name();

    /**
     * Reads its own keys of {@code [plugins.NAME]}; keys that are not read are reported as
     * mistakes.
     */
    default void configure(Settings settings) {}

    /**
     * Starts it.
     *
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void start(PortalApplication application) throws IOException;

    /**
     * All services listen, and the portal has reported that it is ready. Slow work that nobody
     * waits for starts now, on a thread of its own.
     */
    default void ready() {}

    /** The port it listens on, once started; empty for a service without one. */
    default OptionalInt port() {
        return OptionalInt.empty();
    }

    /**
     * The transport names of its sessions in the counters; empty for a service without sessions.
     */
    default Set<String> transports() {
        return Set.of(name());
    }

    /** Stops accepting connections. */
    default void closeListener() {}

    /**
     * Whether all output has been sent. Asked while the portal stops, after all sessions have been
     * ended; the portal does not wait long.
     */
    default boolean drained() {
        return true;
    }

    /** Stops, and closes all remaining connections. */
    void stop();
}
