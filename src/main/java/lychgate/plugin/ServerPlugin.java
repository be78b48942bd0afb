package lychgate.plugin;

import lychgate.server.GameHost;

import java.io.IOException;

/**
 * A service on the game's side, for a game that runs in process: inputfuncs, variables, timers.
 * Found, named and enabled like a {@link PortalPlugin}; its methods are called on the game thread.
 */
public interface ServerPlugin {

    /**
     * Its name in the configuration. If two plugins have the same name, the portal does not start.
     */
    String name();

    /**
     * Reads its own keys of {@code [plugins.NAME]}; keys that are not read are reported as
     * mistakes.
     */
    default void configure(Settings settings) {}

    /**
     * Starts it, after the game has started.
     *
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void start(GameHost host) throws IOException;

    /** Stops it. */
    default void stop() {}
}
