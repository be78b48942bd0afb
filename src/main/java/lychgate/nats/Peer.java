package lychgate.nats;

import org.jspecify.annotations.Nullable;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Another portal of the realm, or the game of a shard, for those who watch the link to it.
 *
 * @param stream to it; another one after it was given up
 * @param state whether it is there
 * @param held commands of sessions here that it has not answered; null if sessions are not here
 */
public record Peer(Supplier<NatsStream> stream, Supplier<State> state, @Nullable IntSupplier held) {
    /** Whether it is there. */
    public enum State {
        /** It answers. */
        UP,
        /** It does not answer, and is waited for. */
        AWAY,
        /** It has stopped, or was given up. */
        GONE
    }
}
