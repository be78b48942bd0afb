package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.PortalProcess;
import lychgate.evennia.wire.PortalStatus;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;

import org.jspecify.annotations.Nullable;

/** Tells Evennia's launchers the status. Called on the loop's thread, except {@link #leave}. */
final class Launchers {
    private final AmpLoop loop;
    private final PortalProcess portal;
    private final CurrentGame game;

    Launchers(AmpLoop loop, PortalProcess portal, CurrentGame game) {
        this.loop = loop;
        this.portal = portal;
        this.game = game;
    }

    /**
     * The status, as a launcher prints it. Process numbers are told only to peers known to run as a
     * user who may use the link; a launcher in the game's folder finds them there.
     *
     * @param pid the game's process, if it is known
     */
    Box status(AmpConnection to, @Nullable Long pid) {
        boolean gameIsThere = game.connection() != null;
        byte[] status = PortalStatus.of(portal, to.isOwn(), gameIsThere, pid, game.about());
        return Box.EMPTY.with("status", status);
    }

    /** Sends the status to a launcher. */
    void tell(AmpConnection launcher, @Nullable Long pid) {
        launcher.ask(Command.STATUS.text(), status(launcher, pid), Asked.NOTHING_MORE);
    }

    /** Sends the status to all launchers. */
    void tellAll(@Nullable Long pid) {
        loop.connections(Role.LAUNCHER).forEach(launcher -> tell(launcher, pid));
    }

    /** Closes their connections, once the order that is being carried out has been answered. */
    void leave() {
        loop.run(
                () ->
                        loop.connections(Role.LAUNCHER)
                                .forEach(
                                        launcher -> {
                                            launcher.flush();
                                            loop.close(launcher);
                                        }));
    }
}
