package lychgate.nats;

import org.jspecify.annotations.Nullable;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Another portal of the realm, or the game of a shard, for those who watch the link to it.
 *
 * @param stream to it; another one after it was given up
 * @param held commands of sessions here that it has not answered; null if sessions are not here
 */
public record Peer(Supplier<NatsStream> stream, @Nullable IntSupplier held) {}
