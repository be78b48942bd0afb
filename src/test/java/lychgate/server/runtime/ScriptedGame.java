package lychgate.server.runtime;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A game that runs a test's script for each line, and records its events. A line without a script
 * is echoed.
 */
final class ScriptedGame implements Game {
    private final Map<String, Consumer<ServerSession>> scripts = new HashMap<>();
    private final Map<Long, ServerSession> opened = new ConcurrentHashMap<>();
    private final List<String> told = new ArrayList<>();
    private Consumer<GameHost> atStart = _ -> {};
    private @Nullable GameHost host;

    /** What is done when that line is typed. To be called before the game starts. */
    ScriptedGame on(String line, Consumer<ServerSession> script) {
        scripts.put(line, script);
        return this;
    }

    /** What is done at the start. */
    ScriptedGame atStart(Consumer<GameHost> script) {
        atStart = script;
        return this;
    }

    /** What the game was told, in order. */
    synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** A session that was opened, though it may have ended since. */
    ServerSession session(long id) {
        ServerSession session = opened.get(id);
        if (session == null) {
            throw new AssertionError("the game was not told of " + id);
        }
        return session;
    }

    GameHost host() {
        if (host == null) {
            throw new AssertionError("the game has not been started");
        }
        return host;
    }

    @Override
    public void start(GameHost gameHost) {
        host = gameHost;
        atStart.accept(gameHost);
    }

    @Override
    public void opened(ServerSession session) {
        opened.put(session.id(), session);
        note("opened", session, "");
    }

    @Override
    public void greet(ServerSession session) {
        note("greet", session, "");
        session.msg("Welcome.");
    }

    @Override
    public void text(ServerSession session, PlayerText line) {
        Consumer<ServerSession> script = scripts.get(line.typed());
        if (script == null) {
            session.msg(Markup.of("You said {}.", line));
        } else {
            script.accept(session);
        }
    }

    @Override
    public void answered(ServerSession session) {
        session.msg(Message.prompt("> "));
    }

    @Override
    public void input(ServerSession session, CommandTuple command) {
        note("input", session, command.name());
    }

    @Override
    public void login(ServerSession session, String name, Secret password) {
        note("login", session, name + " " + password.value());
    }

    @Override
    public void arrived(ServerSession session) {
        note("arrived", session, String.valueOf(session.account()));
    }

    @Override
    public void restored(ServerSession session) {
        note("restored", session, "");
    }

    @Override
    public void closed(ServerSession session) {
        note("closed", session, "");
    }

    @Override
    public void stop() {
        note("stop");
    }

    private void note(String what, ServerSession session, String more) {
        note((what + " " + session.id() + " " + more).strip());
    }

    private synchronized void note(String what) {
        told.add(what);
    }
}
