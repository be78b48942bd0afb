package lychgate.plugin;

import lychgate.server.GameHost;

import java.io.IOException;

/**
 * A service on the game's side, for a game that runs in process: inputfuncs, variables, timers.
 * Found like a {@link PortalPlugin}, named and switched like one; its methods are called on the
 * game thread.
 */
public interface ServerPlugin {

    /** What it is called in the configuration. Two of the same name end the start. */
    String name();

    /** Reads its own keys of {@code [plugins.NAME]}; a key that is not read is a mistake. */
    default void configure(Settings settings) {}

    /**
     * Begins to work, after the game has.
     *
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void start(GameHost host) throws IOException;

    /** Ends. */
    default void stop() {}
}
