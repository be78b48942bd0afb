package lychgate.plugin;

import lychgate.session.Meters;

import java.nio.file.Path;

/** The portal, as the services see that it runs. */
public interface PortalApplication {

    /** All sessions, and the way to the game. */
    PortalSessionHandler sessions();

    /** Who may connect. To be asked before anything is made for a connection. */
    Admission admission();

    /** The limits that bind every transport. */
    Limits limits();

    /** Runs things later, on one thread; they must not block. */
    Scheduler scheduler();

    /** Counts what happens. */
    Meters meters();

    /** The address to listen on, from {@code portal.interface}. */
    String listenAddress();

    /** The game's name, from {@code portal.name}. */
    String gameName();

    /** Where a service may keep files of its own, below {@code var/}. */
    Path varFolder();
}
