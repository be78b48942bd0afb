package lychgate.evennia.wire;

import java.util.Map;

/** The portal, as far as a launcher asks after it, or gives it orders. */
public interface PortalProcess {
    /** The game's name. */
    String name();

    /** The version of Lychgate. */
    String version();

    /** The services that listen, and their ports. */
    Map<String, Integer> ports();

    /** Ends the portal; does not wait for it. */
    void stop();
}
