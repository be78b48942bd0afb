package lychgate.link.nats;

import lychgate.session.GameLink;
import lychgate.session.GameLink.State;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.testing.Await;
import lychgate.testing.GameLinkContract;
import lychgate.testing.LinkedGame;
import lychgate.testing.RecordingGame;
import lychgate.testing.TwoPortals;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The link to a game that another portal serves. */
class NatsLinkContractTest implements GameLinkContract {
    @Override
    public LinkedGame linkedGame(LongSupplier nanoTime) {
        return new Served(nanoTime);
    }

    private static final class Served implements LinkedGame {
        private final TwoPortals two;
        private final List<TwoPortals.Game> games = new ArrayList<>();

        Served(LongSupplier nanoTime) {
            two = new TwoPortals(nanoTime);
        }

        @Override
        public GameLink link() {
            return two.link();
        }

        @Override
        public void starts(PortalSide portal, Supplier<List<SessionSync>> sessions) {
            two.link().start(portal, List.of());
        }

        @Override
        public void comes() {
            games.add(two.gameComes("main", 9, Served::welcomes));
            Await.equal(State.UP, two.link()::state);
        }

        private static void welcomes(RecordingGame game) {
            game.onConnected(
                    sessid -> {
                        game.text(sessid, "Welcome");
                        game.portal().turnEnds();
                    });
        }

        @Override
        public void goes() {
            games.getLast().stops();
            Await.equal(State.AWAY, two.link()::state);
        }

        @Override
        public List<String> heard() {
            List<String> all = new ArrayList<>();
            for (TwoPortals.Game game : games) {
                List<Long> known = new ArrayList<>();
                List<String> more = new ArrayList<>();
                for (String line : game.portal().game().told()) {
                    String[] words = line.split(" ", 3);
                    switch (words[1]) {
                        case "resumed" -> known.add(Long.valueOf(words[0]));
                        case "text" -> more.add(words[0] + " says " + words[2]);
                        case "disconnected:" -> more.add(words[0] + " disconnected");
                        default -> more.add(line);
                    }
                }
                all.add("knows " + known.stream().sorted().toList());
                all.addAll(more);
            }
            return all;
        }

        @Override
        public void says(long sessid, String text) {
            games.getLast().portal().game().text(sessid, text);
            games.getLast().portal().game().portal().turnEnds();
        }

        @Override
        public void disconnects(long sessid, String reason) {
            games.getLast().portal().game().disconnect(sessid, reason);
        }

        @Override
        public void logsIn(long sessid, long account, String name) {
            games.getLast().portal().game().portal().loggedIn(sessid, account, name);
            games.getLast().portal().game().portal().turnEnds();
        }

        @Override
        public @Nullable String accountKnown(long sessid) {
            String resumed = sessid + " resumed as ";
            return games.getLast().portal().game().told().stream()
                    .filter(line -> line.startsWith(resumed))
                    .map(line -> line.substring(resumed.length()))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public void close() {
            two.close();
        }
    }
}
