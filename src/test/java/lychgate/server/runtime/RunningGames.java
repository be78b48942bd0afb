package lychgate.server.runtime;

import lychgate.session.SessionSync;
import lychgate.testing.RecordingPortalSide.Sent;
import lychgate.testing.RecordingPortalSide.Told;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The games that a test runs; they are stopped after it. Most methods apply to the first. */
final class RunningGames implements AfterEachCallback {
    private final ScriptedGame game;
    private final List<RunningGame> running = new ArrayList<>();

    RunningGames(ScriptedGame game) {
        this.game = game;
    }

    /** Runs the test's game. */
    RunningGame run() throws IOException {
        return run(RunningGame.start(game));
    }

    /** Takes a game that runs already. */
    RunningGame run(RunningGame started) {
        running.add(started);
        return started;
    }

    RunningGame first() {
        return running.getFirst();
    }

    /** Runs the test's game, and gives a client that has been greeted. */
    Visitor greeted() throws IOException {
        return run().visitor().sees("Welcome.");
    }

    /** What the portal has been told of a visitor's session. */
    List<Told> told(Visitor visitor) {
        first().rest();
        return first().portal().told(visitor.id());
    }

    /** What a visitor has been sent. */
    List<Sent> sent(Visitor visitor) {
        return told(visitor).stream().filter(Sent.class::isInstance).map(Sent.class::cast).toList();
    }

    /** What the portal keeps of a visitor's session. */
    SessionSync kept(Visitor visitor) {
        first().rest();
        return first().portal().kept(visitor.id());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running.forEach(RunningGame::close);
    }
}
