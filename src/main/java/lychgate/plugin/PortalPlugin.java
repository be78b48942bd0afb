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
 *   <li>It is made by its constructor without arguments, which does nothing else.
 *   <li>{@link #configure} reads its settings, at the start and by {@code lychgate check}.
 *   <li>{@link #start} makes it work. From then on it is listed with its {@link #port}.
 *   <li>{@link #ready} says that everything else works too.
 *   <li>{@link #closeListener} ends the accepting of connections; those that are there stay.
 *   <li>{@link #stop} ends everything. Plugins are stopped in the reverse of the order in which
 *       they were started.
 * </ol>
 *
 * <p>A plugin that {@code plugins.NAME.enabled = false} switches off is made, but nothing more. The
 * methods are called by one thread, one after the other.
 */
public interface PortalPlugin {

    /**
     * What it is called in the configuration, in the start-up lines and in the counters. Two of the
     * same name end the start.
     */
    String name();

    /** Reads its own keys of {@code [plugins.NAME]}; a key that is not read is a mistake. */
    default void configure(Settings settings) {}

    /**
     * Begins to work.
     *
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void start(PortalApplication application) throws IOException;

    /**
     * All services listen, and the portal has said that it is ready. What takes long, and nobody
     * waits for, begins now, on a thread of its own.
     */
    default void ready() {}

    /** The port on which it listens, after the start; empty for a service that has none. */
    default OptionalInt port() {
        return OptionalInt.empty();
    }

    /** The transports of its sessions, as they are counted; empty for a service without any. */
    default Set<String> transports() {
        return Set.of(name());
    }

    /** Takes no new connections. */
    default void closeListener() {}

    /**
     * Whether nobody is left to whom something must still be sent. Asked while the portal stops,
     * when all sessions have been ended; it does not wait long for a yes.
     */
    default boolean drained() {
        return true;
    }

    /** Ends, with all connections that are left. */
    void stop();
}
