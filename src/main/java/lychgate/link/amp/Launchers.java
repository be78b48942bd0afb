package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.PortalProcess;
import lychgate.evennia.wire.PortalStatus;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;

import org.jspecify.annotations.Nullable;

/** What Evennia's launchers are told. On the loop's thread, but for {@link #leave}. */
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
     * How things are, as a launcher prints it. The numbers of processes are for those of whom it is
     * known that they may use the link: the launcher does without them where the game's folder has
     * them.
     *
     * @param pid the game's process, if it is known
     */
    Box status(AmpConnection to, @Nullable Long pid) {
        boolean gameIsThere = game.connection() != null;
        byte[] status = PortalStatus.of(portal, to.isOwn(), gameIsThere, pid, game.about());
        return Box.EMPTY.with("status", status);
    }

    /** Tells one how things are. */
    void tell(AmpConnection launcher, @Nullable Long pid) {
        launcher.ask(Command.STATUS.text(), status(launcher, pid), Asked.NOTHING_MORE);
    }

    /** Tells all of them how things are. */
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
