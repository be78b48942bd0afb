package lychgate.load;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The processes of one attack: the portal that is attacked, and those that its game needs. */
final class Scene implements AutoCloseable {
    private static final int ATTACKED = 1;
    private static final int OTHER = 2;
    private static final int SERVING = 9;
    private static final long KIB_PER_MIB = 1024;

    private final Path binary;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Distribution> others = new ArrayList<>();
    private final Distribution portal;
    private Distribution playersPortal;
    private @Nullable EchoGame game;
    private @Nullable Observed serving;
    private long servingKib;

    /** Starts all of it, where the row's settings are those of the attacked portal. */
    static Scene of(Row row, Path binary, Place place) throws Exception {
        Scene scene = new Scene(binary);
        try {
            row.settings().forEach(scene.portal::set);
            scene.start(place);
            return scene;
        } catch (Exception | AssertionError e) {
            scene.close();
            throw e;
        }
    }

    private Scene(Path binary) throws IOException {
        this.binary = binary;
        this.portal = closing(Distribution.inNewHome(binary)).logToFile();
        this.playersPortal = portal;
    }

    private <T extends AutoCloseable> T closing(T what) {
        started.push(what);
        return what;
    }

    private void start(Place place) throws Exception {
        switch (place) {
            case SAME_PORTAL -> portal.start();
            case BEHIND_AMP -> {
                portal.set("game.link=amp").set("amp.port=0").start();
                game = closing(new EchoGame(portal.port("amp")));
            }
            case SAME_EDGE, OTHER_EDGE -> {
                List<NatsServer> servers = List.of(closing(NatsServer.started()));
                serve(servers);
                portal.inRealm(ATTACKED, servers).set("game.link=nats").start();
                if (place == Place.OTHER_EDGE) {
                    playersPortal = other(OTHER, servers).set("game.link=nats").start();
                }
            }
        }
    }

    private void serve(List<NatsServer> servers) throws IOException, InterruptedException {
        Distribution there = other(SERVING, servers).set("nats.serve=true");
        there.set("telnet.enabled=false").start();
        serving = new Observed(there.pid());
        servingKib = serving.rssKib();
    }

    private Distribution other(int number, List<NatsServer> servers) throws IOException {
        Distribution made = closing(Distribution.inNewHome(binary));
        others.add(made);
        return made.withTelnetOnly().logToFile().inRealm(number, servers);
    }

    /** The portal that is attacked. */
    Distribution portal() {
        return portal;
    }

    /** Where the honest player connects. */
    int playersPort() {
        return playersPortal.port("telnet");
    }

    /** Adds to the result of the attack what it has done to the other processes. */
    void judge(Field field, int memoryMib) throws IOException {
        EchoGame there = game;
        field.require(there == null || !there.isLost(), "the link was lost");
        boolean alive = others.stream().allMatch(Distribution::isAlive);
        field.require(alive, "another portal ended");
        Observed process = serving;
        if (process != null && alive) {
            long grown = (process.peakKib() - servingKib) / KIB_PER_MIB;
            field.judge(memoryMib == 0 || grown <= memoryMib, "the game's portal +%d MiB", grown);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }
}
