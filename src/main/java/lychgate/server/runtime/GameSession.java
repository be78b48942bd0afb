package lychgate.server.runtime;

import lychgate.address.Source;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.OutputOption;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.session.Values;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A session as the game sees it. Its state belongs to the game thread. */
final class GameSession implements ServerSession {
    /** Characters that a stream sends before other sessions get their turn. */
    private static final int STREAM_PORTION = 16 * 1024;

    private final ServerSessionHandler handler;
    private final long id;
    private final String transport;
    private final String address;
    private final Source source;
    private final Instant connected;
    private final @Nullable Claim claim;
    private final boolean outbound;
    private final Map<String, @Nullable Object> data;
    private final SessionOutput output = new SessionOutput();
    private final SessionQueue queue;
    private final List<Runnable> whenWritable = new ArrayList<>();
    private final Deque<Consumer<PlayerText>> questions = new ArrayDeque<>();
    private final Endings endings = new Endings();
    private boolean greeted;
    private boolean answering; // a line; see answered()
    private int unfinished; // commands that have been handled, but may go on
    private volatile ClientFacts client;
    private volatile @Nullable String account;
    private volatile boolean open; // from when the game is told of it
    private volatile boolean writable = true;
    private volatile boolean away;

    GameSession(ServerSessionHandler handler, SessionSync sync) {
        this.handler = handler;
        this.id = sync.sessid();
        this.transport = sync.origin().protocolKey();
        this.address = sync.origin().address();
        this.source = Source.of(address);
        this.queue = new SessionQueue(Long.toString(id), source);
        this.connected = sync.activity().connTime();
        this.claim = sync.origin().claim();
        this.outbound = sync.login().isOfGame();
        this.client = sync.facts();
        this.account = sync.loggedIn() ? sync.login().uname() : null;
        this.data = new LinkedHashMap<>(sync.data().serverData());
    }

    /** Whether the game has asked for it, to connect to somewhere else: it is no player. */
    boolean isOutbound() {
        return outbound;
    }

    // For the game.

    @Override
    public long id() {
        return id;
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public ClientFacts client() {
        return client;
    }

    @Override
    public Instant connected() {
        return connected;
    }

    @Override
    public @Nullable Claim claim() {
        return claim;
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public @Nullable String account() {
        return account;
    }

    @Override
    public boolean away() {
        return away;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void msg(Message... messages) {
        if (!handler.onGameThread()) {
            handler.run(() -> msg(messages));
            return;
        }
        for (Message message : messages) {
            send(message.command());
        }
    }

    @Override
    public void stream(Iterator<Message> messages) {
        pause();
        pump(messages);
    }

    @Override
    public void whenWritable(Runnable task) {
        if (writable) {
            task.run();
        } else {
            whenWritable.add(task);
        }
    }

    @Override
    public void ask(Markup prompt, Consumer<PlayerText> answer) {
        msg(Message.prompt(prompt));
        questions.add(answer);
    }

    @Override
    public void askSecret(Markup prompt, Consumer<Secret> answer) {
        msg(Message.prompt(prompt).option(OutputOption.ECHO, false));
        questions.add(
                line -> {
                    output.hide();
                    answer.accept(new Secret(line.typed()));
                });
    }

    @Override
    public <T> boolean blocking(Callable<T> work, Consumer<T> then) {
        return handler.work().blocking(this, work, then);
    }

    @Override
    public <T> boolean authenticate(
            String name, Callable<Optional<T>> check, Consumer<Optional<T>> then) {
        return handler.logins().authenticate(this, name, check, then);
    }

    @Override
    public void login(long uid, String name) {
        account = name;
        handler.logins().succeeded(this, name);
        handler.portal().loggedIn(id, uid, name);
    }

    @Override
    public void disconnect(Markup reason) {
        if (!handler.onGameThread()) {
            handler.run(() -> disconnect(reason));
            return;
        }
        if (open) {
            flush();
            open = false; // no prompt follows the last word, nor an answer to the next line
            handler.portal().disconnect(id, reason.source());
        }
    }

    @Override
    public boolean move(String shard) {
        if (!open || !handler.portal().canMove(id, shard)) {
            return false;
        }
        open = false; // what follows is for the other game
        output.move(shard);
        handler.hasOutput(this);
        return true;
    }

    @Override
    public <T> void learned(Fact<T> fact, T value, String source) {
        client = client.with(fact, value, source);
        ClientFacts news = ClientFacts.NONE.with(fact, value, source);
        handler.portal().sync(id, List.of(new SessionChange.FactsLearned(news)));
    }

    @Override
    public @Nullable Object data(String key) {
        return data.get(key);
    }

    @Override
    public void data(String key, @Nullable Object value) {
        if (value == null) {
            data.remove(key);
        } else {
            data.put(key, Values.of(value));
        }
        handler.portal().sync(id, List.of(new SessionChange.ServerDataChanged(data)));
    }

    @Override
    public void changed(String variable) {
        handler.variables().changed(this, variable);
    }

    @Override
    public String toString() {
        return Long.toString(id);
    }

    // For the runtime, on the game thread.

    /** The source that its turns are charged to. */
    Source source() {
        return source;
    }

    /** The session existed before this game: if a password was being asked for, it no longer is. */
    void restore() {
        output.hide();
        String name = account;
        greeted = name != null;
        if (name != null) {
            handler.logins().succeeded(this, name);
        }
    }

    /** The game is about to be told of it. */
    void begin() {
        open = true;
    }

    /** Its work that waits for the game thread. */
    SessionQueue queue() {
        return queue;
    }

    /** Marks it as greeted; whether it was open and had not been greeted. */
    boolean greet() {
        boolean first = !greeted;
        greeted = true;
        return first && open;
    }

    boolean greeted() {
        return greeted;
    }

    void learned(ClientFacts facts) {
        client = facts;
    }

    /** Removes the question that the next line answers; null if none is open. */
    @Nullable Consumer<PlayerText> question() {
        return questions.poll();
    }

    boolean asking() {
        return !questions.isEmpty();
    }

    /** A line is being handled; once it is done, {@link #answered} returns true once. */
    void answering() {
        answering = true;
    }

    boolean answered() {
        boolean done = answering && !queue.paused();
        if (done) {
            answering = false;
        }
        return done;
    }

    /** Holds input until {@link #resume} has been called as often. */
    void pause() {
        queue.pause();
    }

    void resume() {
        handler.resume(this);
    }

    /** A command has been handled. It is done only when what it began does not hold the next. */
    void consumed() {
        unfinished++;
        handler.hasOutput(this);
        finish();
    }

    /** Its commands are done, unless it is paused and goes on here. */
    void finish() {
        if (!queue.paused() || output.goes()) {
            finishAll();
        }
    }

    /** Its commands are done, whatever they wait for: it does not come any more. */
    void finishAll() {
        if (unfinished > 0) {
            output.consumed(unfinished);
            unfinished = 0;
            handler.hasOutput(this);
        }
    }

    /** Takes effect at once for all threads. */
    void markAway(boolean now) {
        away = now;
    }

    /** Takes effect at once for all threads. */
    void markWritable(boolean now) {
        writable = now;
    }

    void becameWritable() {
        if (writable) {
            List<Runnable> tasks = List.copyOf(whenWritable);
            whenWritable.clear();
            tasks.forEach(task -> handler.work().attempt(this, task));
        }
    }

    /** Tasks to run when the session ends. */
    Endings endings() {
        return endings;
    }

    void close() {
        open = false;
        questions.clear();
        whenWritable.clear();
        endings.runAll();
    }

    /** Hands the output of a turn to the portal. */
    void flush() {
        output.flush(id, handler.portal());
    }

    private void send(CommandTuple message) {
        if (!open) {
            return;
        }
        handler.sends(this, output.add(message));
        if (output.full()) {
            flush();
        }
    }

    /** Sends one portion of a stream; the next one follows after other sessions had their turns. */
    private void pump(Iterator<Message> messages) {
        boolean goesOn = sendPortion(messages);
        flush();
        if (!open) {
            return;
        }
        if (!goesOn) {
            handler.work()
                    .run(
                            this,
                            "a stream",
                            this::resume); // not now: the command that streams may have more to say
        } else if (writable) {
            handler.work().run(this, "a stream", () -> pump(messages));
        } else {
            whenWritable.add(() -> pump(messages));
        }
    }

    /**
     * Sends a portion; whether there is more. A stream that throws ends, and the player is told.
     */
    private boolean sendPortion(Iterator<Message> messages) {
        try {
            int sent = 0;
            while (open && writable && sent < STREAM_PORTION && messages.hasNext()) {
                CommandTuple command = messages.next().command();
                send(command);
                sent += command.argument(0) instanceof String text ? text.length() : STREAM_PORTION;
            }
            return open && messages.hasNext();
        } catch (Throwable e) { // what it runs through is the game's
            handler.work().failed(this, e);
            return false;
        }
    }
}
