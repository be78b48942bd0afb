package lychgate.link.amp;

import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.PortalProcess;
import lychgate.link.Orphans;
import lychgate.session.GameLink.State;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.testing.Await;
import lychgate.testing.GameLinkContract;
import lychgate.testing.LinkedGame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The link to a game over AMP. */
class AmpLinkContractTest implements GameLinkContract {
    @Override
    public LinkedGame linkedGame(LongSupplier nanoTime) {
        return new Amp(nanoTime);
    }

    private static final class Amp implements LinkedGame {
        private final AmpLink link;
        private final List<FakeGame> games = new ArrayList<>();

        Amp(LongSupplier nanoTime) {
            link =
                    new AmpLink(
                            new AmpConfig("127.0.0.1", 0, false),
                            null,
                            false,
                            new NoProcess(),
                            Orphans.NONE,
                            new ProcNet(),
                            Meters.NONE,
                            InstantSource.system(),
                            nanoTime);
        }

        @Override
        public AmpLink link() {
            return link;
        }

        @Override
        public void starts(PortalSide portal, Supplier<List<SessionSync>> sessions)
                throws IOException {
            link.start(portal, List.of());
        }

        @Override
        public void comes() {
            FakeGame game = FakeGame.stranger(link.port());
            game.onText(
                    payload -> {
                        if (Operation.of(payload.kwargs().get("operation")) == Operation.PCONN) {
                            game.says(payload.sessid(), "Welcome");
                        }
                    });
            games.add(game);
            game.introduces(100L + games.size());
            Await.equal(State.UP, link::state);
        }

        @Override
        public void goes() {
            game().admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
            game().leaves();
            game().awaitsEnd();
            Await.equal(State.AWAY, link::state);
        }

        @Override
        public List<String> heard() {
            return games.stream()
                    .flatMap(game -> game.told().stream())
                    .filter(line -> !line.equals("SRELOAD reload"))
                    .map(
                            line ->
                                    line.replaceAll("^PSYNC \\w+ ", "knows ")
                                            .replaceAll(" PCONN$", " connected")
                                            .replaceAll(" PDISCONN$", " disconnected")
                                            .replaceAll("^(\\d+) text ", "$1 says "))
                    .toList();
        }

        @Override
        public void says(long sessid, String text) {
            game().says(sessid, text);
        }

        @Override
        public void disconnects(long sessid, String reason) {
            game().admin(Operation.SDISCONN, sessid, Map.of("reason", reason));
        }

        @Override
        public void logsIn(long sessid, long account, String name) {
            Map<String, Object> login = Map.of("logged_in", true, "uid", account, "uname", name);
            game().admin(Operation.SLOGIN, sessid, Map.of("sessiondata", login));
        }

        @Override
        public @Nullable String accountKnown(long sessid) {
            String psync = "PSYNC reload [" + sessid + "]";
            game().awaits(psync);
            Map<?, ?> session = (Map<?, ?>) game().sessionData(psync).get(sessid);
            return (String) Objects.requireNonNull(session).get("uname");
        }

        @Override
        public void close() {
            games.forEach(FakeGame::close);
            link.stop();
        }

        private FakeGame game() {
            return games.getLast();
        }
    }

    private static final class NoProcess implements PortalProcess {
        @Override
        public String name() {
            return "Elm";
        }

        @Override
        public String version() {
            return "1.2";
        }

        @Override
        public Map<String, Integer> ports() {
            return Map.of();
        }

        @Override
        public void stop() {}
    }
}
