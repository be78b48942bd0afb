package lychgate.evennia.wire;

import java.util.Map;

/** The portal's process, as a launcher sees and controls it. */
public interface PortalProcess {
    /** The game's name. */
    String name();

    /** The version of Lychgate. */
    String version();

    /** The services that listen, and their ports. */
    Map<String, Integer> ports();

    /** Stops the portal, without waiting for it. */
    void stop();
}
