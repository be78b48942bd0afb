package lychgate.link.local;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink.State;
import lychgate.session.GameSide;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.testing.Await;
import lychgate.testing.GameLinkContract;
import lychgate.testing.LinkedGame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The link to a game in the same process. */
class LocalLinkContractTest implements GameLinkContract {
    @Override
    public LinkedGame linkedGame(LongSupplier nanoTime) {
        return new Local(nanoTime);
    }

    private static final class Local implements LinkedGame {
        private final LocalLink link;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final Map<Long, SessionSync> known = new ConcurrentHashMap<>();
        private final Set<Long> welcomed = ConcurrentHashMap.newKeySet();
        private final Semaphore mayEnd = new Semaphore(0);
        private @Nullable PortalSide portal;
        private @Nullable Supplier<List<SessionSync>> sessions;
        private @Nullable Thread restart;
        private boolean started;

        Local(LongSupplier nanoTime) {
            link = new LocalLink(Greeting::new, nanoTime);
        }

        @Override
        public LocalLink link() {
            return link;
        }

        @Override
        public void starts(PortalSide side, Supplier<List<SessionSync>> there) {
            portal = side;
            sessions = there;
        }

        @Override
        public void comes() throws IOException {
            if (started) {
                mayEnd.release();
                join();
            } else {
                started = true;
                link.start(portal(), List.of());
            }
        }

        @Override
        public void goes() {
            restart = Thread.ofPlatform().start(this::reload);
            Await.equal(State.AWAY, link::state);
        }

        @Override
        public List<String> heard() {
            return List.copyOf(heard);
        }

        @Override
        public void says(long sessid, String text) {
            portal().dataOut(sessid, List.of(CommandTuple.text(text)));
        }

        @Override
        public void disconnects(long sessid, String reason) {
            portal().disconnect(sessid, reason);
        }

        @Override
        public void logsIn(long sessid, long account, String name) {
            portal().loggedIn(sessid, account, name);
        }

        @Override
        public @Nullable String accountKnown(long sessid) {
            SessionSync sync = known.get(sessid);
            return sync == null ? null : sync.login().uname();
        }

        @Override
        public void close() {
            mayEnd.release(2);
            join();
            link.stop();
        }

        private PortalSide portal() {
            return Objects.requireNonNull(portal);
        }

        private void reload() {
            try {
                link.reload(Objects.requireNonNull(sessions));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void join() {
            if (restart != null) {
                try {
                    restart.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        private final class Greeting implements GameSide {
            @Override
            public void start(PortalSide side, List<SessionSync> there) {
                there.forEach(sync -> known.put(sync.sessid(), sync));
                there.forEach(sync -> welcomes(sync.sessid()));
                heard.add("knows " + there.stream().map(SessionSync::sessid).sorted().toList());
            }

            @Override
            public void stop() {
                mayEnd.acquireUninterruptibly();
            }

            @Override
            public void connected(SessionSync session) {
                heard.add(session.sessid() + " connected");
                welcomes(session.sessid());
            }

            private void welcomes(long sessid) {
                if (welcomed.add(sessid)) {
                    says(sessid, "Welcome");
                }
            }

            @Override
            public void factsChanged(long sessid, ClientFacts facts) {}

            @Override
            public void settled(long sessid) {}

            @Override
            public void dataIn(long sessid, List<CommandTuple> commands) {
                commands.forEach(c -> heard.add(sessid + " says " + c.argument(0)));
                portal().consumed(sessid, commands.size());
            }

            @Override
            public void disconnected(long sessid, String reason) {
                heard.add(sessid + " disconnected");
            }

            @Override
            public void writable(long sessid, boolean writable) {}
        }
    }
}
