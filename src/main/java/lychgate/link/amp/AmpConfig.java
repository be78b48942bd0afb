package lychgate.link.amp;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;

/**
 * Section {@code [amp]} of the configuration.
 *
 * @param listenAddress where the game connects to
 * @param port where it does; 0: any free one
 * @param allowRemote whether that may be an address that other machines reach
 */
public record AmpConfig(String listenAddress, int port, boolean allowRemote) {
    /** What holds where the configuration says nothing. */
    public static final AmpConfig DEFAULT = new AmpConfig("127.0.0.1", 4006, false);

    /**
     * The service.
     *
     * @param enabled whether the game is reached over AMP
     */
    public Listening listening(boolean enabled) {
        return new Listening("amp", "amp.port", enabled, listenAddress, port, Security.PLAIN);
    }
}
