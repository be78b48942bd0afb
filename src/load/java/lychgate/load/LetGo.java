package lychgate.load;

import lychgate.peers.Distribution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Players of a {@link RecordingGame} whose portal cannot be reached for so long that the game ends
 * their sessions.
 */
final class LetGo implements AutoCloseable {
    private final Map<String, Wire> players = new LinkedHashMap<>();

    /** They connect, and each types a line, which is answered. */
    LetGo(Distribution portal, int players) throws IOException {
        for (int i = 0; i < players; i++) {
            String from = "127.0.2." + (1 + i % 200);
            this.players.put("away" + i, new Wire(portal.port("telnet"), from, 0));
        }
        for (Map.Entry<String, Wire> player : this.players.entrySet()) {
            Wire wire = player.getValue();
            wire.await(RecordingGame.WELCOME);
            wire.line();
            wire.say(player.getKey() + " before");
            wire.await(player.getKey() + " before ");
            wire.line();
        }
    }

    /**
     * The portal is back: each must be told so in one line, then be new to the game.
     *
     * @return what is not so
     */
    List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> expected =
                List.of(Play.LET_GO, RecordingGame.WELCOME, RecordingGame.KEPT + " null");
        for (Map.Entry<String, Wire> player : players.entrySet()) {
            Wire wire = player.getValue();
            List<String> shown = new ArrayList<>();
            do {
                shown.add(Wire.plain(wire.line()));
                if (shown.size() == expected.size() - 1) {
                    wire.say(RecordingGame.KEPT);
                }
            } while (shown.size() < expected.size());
            if (!shown.equals(expected)) {
                faults.add(player.getKey() + " is shown " + shown);
            }
        }
        return faults;
    }

    @Override
    public void close() throws IOException {
        for (Wire player : players.values()) {
            player.close();
        }
    }
}
