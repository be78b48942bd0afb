package lychgate.evennia;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The game's Python, with Django's store of sessions and nothing else of the game loaded. It is
 * asked by a line of JSON and answers by one. It ends with its input, so that it does not outlive
 * the portal. Not thread safe; blocks.
 */
final class SessionStore implements AutoCloseable {
    /** Timeout for the start; from a cold disk it takes five seconds. */
    private static final Duration START = Duration.ofSeconds(60);

    /** Timeout for an answer: it waits no longer for the database than half a second. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** The only store that is read and written. */
    static final String ENGINE = "django.contrib.sessions.backends.db";

    /** Only the database that Evennia has by default is tested. */
    private static final String PROGRAM =
            """
            import json, os, sys
            out = os.fdopen(os.dup(1), 'w', buffering=1)
            os.dup2(2, 1)

            def say(**what):
                out.write(json.dumps(what) + '\\n')

            ENGINE = 'django.contrib.sessions.backends.db'
            SQLITE = 'django.db.backends.sqlite3'
            UID = 'webclient_authenticated_uid'
            NONCE = 'webclient_authenticated_nonce'
            try:
                sys.path.insert(0, os.getcwd())
                os.environ['DJANGO_SETTINGS_MODULE'] = 'server.conf.settings'
                import django
                from django.conf import settings
                database = settings.DATABASES['default']
                if settings.SESSION_ENGINE != ENGINE:
                    say(unsupported='SESSION_ENGINE is not ' + ENGINE)
                    sys.exit()
                if database['ENGINE'] != SQLITE:
                    say(unsupported='the database is not SQLite')
                    sys.exit()
                database.setdefault('OPTIONS', {})['timeout'] = 0.5
                settings.INSTALLED_APPS = ['django.contrib.sessions']
                settings.DATABASE_ROUTERS = []
                settings.LOGGING_CONFIG = None
                django.setup()
                from django.contrib.sessions.backends.base import UpdateError
                from django.contrib.sessions.backends.db import SessionStore
                from django.db import OperationalError, connection
            except Exception as e:
                say(failed=type(e).__name__ + ': ' + str(e))
                sys.exit()

            def find(key):
                session = SessionStore(session_key=key)
                uid = session.get(UID)
                return {'uid': uid if type(uid) is int else None, 'nonce': session.get(NONCE, 0)}

            def change(key, changes):
                session = SessionStore(session_key=key)
                session.get(UID)
                if session.session_key and not changes.items() <= session._session.items():
                    session.update(changes)
                    session.save()
                return {}

            def answer(asked):
                if 'find' in asked:
                    return find(asked['find'])
                if 'login' in asked:
                    return change(asked['login'], {UID: asked['uid']})
                if find(asked['logout'])['nonce'] == asked['nonce']:
                    return change(asked['logout'], {UID: None, NONCE: 0})
                return {}

            say(ready=True)
            for line in sys.stdin:
                try:
                    say(**answer(json.loads(line)))
                except OperationalError as e:
                    say(busy=str(e))
                except UpdateError as e:
                    busy = isinstance(e.__context__, OperationalError)
                    say(**({'busy': str(e.__context__)} if busy else {}))
                finally:
                    connection.close()
            """;

    private final Process process;
    private final BufferedReader answers;

    /** The sessions are kept in a way that is not supported; trying again does not help. */
    static final class Unsupported extends IOException {
        Unsupported(String why) {
            super(why);
        }
    }

    private SessionStore(Process process) {
        this.process = process;
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it.
     *
     * @throws Unsupported if the game keeps its sessions otherwise
     * @throws IOException if it does not start: the message says why, for the operator
     */
    static SessionStore open(Path gameDir, Path python) throws IOException {
        SessionStore store =
                new SessionStore(
                        new ProcessBuilder(python.toString(), "-c", PROGRAM)
                                .directory(gameDir.toFile())
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start());
        try {
            Map<?, ?> first = store.read(START);
            if (first.get("unsupported") instanceof String why) {
                throw new Unsupported(why);
            }
            if (!first.containsKey("ready")) {
                throw new IOException(python + " failed: " + first.get("failed"));
            }
            return store;
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    /** Asks a question. */
    Map<?, ?> ask(Map<String, Object> question) throws IOException {
        OutputStream to = process.getOutputStream();
        to.write((Json.write(question) + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        return read(ANSWER);
    }

    private Map<?, ?> read(Duration patience) throws IOException {
        CompletableFuture<Void> givenUp =
                CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(
                                patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the game's Python has ended, or did not answer");
            }
            return Json.readOurs(line) instanceof Map<?, ?> answer ? answer : Map.of();
        } catch (MalformedException e) {
            throw new IOException("the game's Python answers what is no JSON", e);
        } finally {
            givenUp.cancel(false);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
