package lychgate.link.local;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.GameSide;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;

import java.io.IOException;
import java.util.List;

/** Joins the portal to a game in the same process. The game is there from the start to the stop. */
public final class LocalLink implements GameLink {
    private final GameSide game;
    private volatile State state = State.AWAY;

    /**
     * @param game not started yet
     */
    public LocalLink(GameSide game) {
        this.game = game;
    }

    @Override
    public void start(PortalSide portal, List<SessionSync> sessions) throws IOException {
        game.start(portal, sessions);
        state = State.UP;
    }

    @Override
    public void stop() {
        state = State.AWAY;
        game.stop();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void connected(SessionSync session) {
        game.connected(session);
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        game.factsChanged(sessid, facts);
    }

    @Override
    public void settled(long sessid) {
        game.settled(sessid);
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        game.dataIn(sessid, commands);
    }

    @Override
    public void disconnected(long sessid, String reason) {
        game.disconnected(sessid, reason);
    }

    @Override
    public void writable(long sessid, boolean writable) {
        game.writable(sessid, writable);
    }
}
