package lychgate.evennia;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The game's process, as far as the portal starts and watches it. */
public interface GameServer {
    /**
     * Called when the portal starts: checks that the game can be started.
     *
     * @return the process number of a game that is running already, having outlived an earlier
     *     portal; null if there is none
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    @Nullable Long open() throws IOException;

    /** Called when the portal stops. */
    void close();

    /**
     * Starts the game. Blocks until its process runs.
     *
     * @param options of the launcher, to be appended to the command
     * @return the number of its process
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    long start(List<String> options) throws IOException;

    /** The user who owns the game, where the system can tell. */
    default OptionalLong owner() {
        return OptionalLong.empty();
    }

    /** Whether that process is running and is a game: the number may have been reused. */
    boolean runs(long pid);
}
