package lychgate.evennia;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The process of the game, as far as the portal can start it and look after it. */
public interface GameServer {
    /**
     * The portal begins: looks whether the game could be started.
     *
     * @return the number of its process, if it runs already; it has outlived another portal
     * @throws IOException if it could not: the message is one sentence for the operator
     */
    @Nullable Long open() throws IOException;

    /** The portal ends. */
    void close();

    /**
     * Starts it. Blocks until it is on its way.
     *
     * @param options of the launcher, to be added to the command
     * @return the number of its process
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    long start(List<String> options) throws IOException;

    /** The user whose game it is, where the system knows. */
    default OptionalLong owner() {
        return OptionalLong.empty();
    }

    /** Whether the process of that number runs, and is a game: the number may be given anew. */
    boolean runs(long pid);
}
