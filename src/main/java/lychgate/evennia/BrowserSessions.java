package lychgate.evennia;

import lychgate.session.Browser;
import lychgate.session.BrowserLogins;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The browsers' sessions of Evennia's website, in the game's database. Only the game's own Python
 * reads and writes them, in a process of its own ({@link SessionStore}) that checks their
 * signatures as Django does; one question at a time, on a thread of its own.
 */
public final class BrowserSessions implements BrowserLogins, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrowserSessions.class);

    /** Timeout for an answer; the login screen comes instead. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Maximum number of questions that wait: each takes about a millisecond. */
    static final int MAX_WAITING = 64;

    /** How often to try to write while the game's database is busy. */
    private static final int ATTEMPTS = 5;

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    /** Maximum pause before the process is started again. */
    private static final long MAX_PAUSE_SECONDS = 60;

    /** Django's keys; nothing else is looked for. */
    private static final Pattern KEY = Pattern.compile("[a-z0-9]{32}");

    private final Path gameDir;
    private final Path python;
    private final Meters meters;
    private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean useless;

    /** What the process is asked, and who waits for the answer. */
    private record Question(Map<String, Object> json, CompletableFuture<Map<?, ?>> answer) {}

    /**
     * @param gameDir the game's folder
     * @param python the Python in which Evennia is installed; null: the first on the path
     */
    public BrowserSessions(Path gameDir, @Nullable Path python, Meters meters) {
        this.gameDir = gameDir;
        this.python = python == null ? EvenniaServer.onThePath() : python.toAbsolutePath();
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("lychgate-browsers").daemon().unstarted(this::run);
    }

    /** Starts the process, which takes a second or two. */
    public void start() {
        thread.start();
    }

    @Override
    public void find(String csessid, Consumer<@Nullable Browser> then) {
        if (!KEY.matcher(csessid).matches()) {
            then.accept(null);
            return;
        }
        ask(
                Map.of("find", csessid),
                answer -> {
                    Long uid = answer.get("uid") instanceof Long n ? n : null;
                    long nonce = answer.get("nonce") instanceof Long n ? n : 0;
                    then.accept(new Browser(csessid, uid, nonce));
                });
    }

    @Override
    public void loggedIn(Browser browser, long uid) {
        write(Map.of("login", browser.csessid(), "uid", uid), 1);
    }

    @Override
    public void left(Browser browser) {
        write(Map.of("logout", browser.csessid(), "nonce", browser.nonce()), 1);
    }

    private void write(Map<String, Object> json, int attempt) {
        ask(
                json,
                answer -> {
                    if (answer.containsKey("busy") && attempt < ATTEMPTS) {
                        LATER.execute(() -> write(json, attempt + 1));
                    }
                });
    }

    /**
     * Asks a question.
     *
     * @param then given the answer, which is empty if there is none in time
     */
    private void ask(Map<String, Object> json, Consumer<Map<?, ?>> then) {
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        if (useless) {
            answer.complete(Map.of());
        } else if (!waiting.offer(new Question(json, answer))) {
            meters.refused("browser_logins");
            answer.complete(Map.of());
        }
        CompletableFuture<Void> _ =
                answer.completeOnTimeout(Map.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .thenAccept(then);
    }

    private void run() {
        long pause = 1;
        while (!useless) {
            try (SessionStore store = SessionStore.open(gameDir, python)) {
                pause = 1;
                answerAll(store);
            } catch (SessionStore.Unsupported e) {
                log.warn(
                        "logins on the game's website cannot be taken over into the game: {}",
                        e.getMessage());
                useless = true;
            } catch (IOException e) {
                if (!useless) {
                    log.warn(
                            "could not read the sessions of the game's website, again in {} s: {}",
                            pause,
                            e.getMessage());
                }
            } catch (InterruptedException e) {
                useless = true;
            }
            waiting.forEach(question -> question.answer.complete(Map.of()));
            waiting.clear();
            pause = Math.min(MAX_PAUSE_SECONDS, sleep(pause) * 2);
        }
    }

    private long sleep(long seconds) {
        try {
            if (!useless) {
                Thread.sleep(Duration.ofSeconds(seconds));
            }
        } catch (InterruptedException e) {
            useless = true;
        }
        return seconds;
    }

    private void answerAll(SessionStore store) throws IOException, InterruptedException {
        while (true) {
            Question next = waiting.take();
            if (next.answer.isDone() && next.json.containsKey("find")) {
                continue; // nobody waits for it any more
            }
            next.answer.complete(store.ask(next.json));
        }
    }

    /** Forgets what has not been written: at a stop of the portal, browsers stay logged in. */
    @Override
    public void close() {
        useless = true;
        thread.interrupt();
    }
}
