package lychgate.plugin;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Makes outbound sessions of one kind for the game. Registered with {@link
 * PortalSessionHandler#offer}.
 */
@FunctionalInterface
public interface OutboundFactory {

    /**
     * Makes a session; nothing is connected before {@link OutboundSession#start}. Called on a
     * shared thread: must not block.
     *
     * @param config what the game wants, as values of a command ({@code lychgate.session.Values})
     * @throws IllegalArgumentException if the configuration cannot be used: the message is one
     *     sentence for the operator
     */
    OutboundSession open(Map<String, @Nullable Object> config);
}
