package lychgate.load;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Real processes on this machine: two NATS servers, a portal that serves a {@link RecordingGame},
 * and portals with players, without limits.
 */
final class RunningRealm implements AutoCloseable {
    private static final int SERVING = 9;

    private final Path binary;
    private final List<NatsServer> servers;
    private final Distribution game;
    private final List<Distribution> portals = new ArrayList<>();

    /** With two NATS servers. */
    RunningRealm(Path binary, int portals) throws IOException, InterruptedException {
        this(binary, NatsServer.cluster(NatsServer.newest(), ""), portals, false);
    }

    /**
     * @param demo whether the game is the demo game
     */
    RunningRealm(Path binary, List<NatsServer> servers, int portals, boolean demo)
            throws IOException, InterruptedException {
        this.binary = binary;
        this.servers = List.copyOf(servers);
        this.game = portal(SERVING);
        game.set("telnet.enabled=false")
                .set("nats.serve=true")
                .set(demo ? "game.link=demo" : "game.link=class");
        Path plugins = Files.createDirectories(game.home().resolve("plugins"));
        putGame(plugins.resolve("game.jar"));
        game.environment("JAVA_OPTS", "-D" + RecordingGame.FILE + "=" + record()).start();
        for (int i = 1; i <= portals; i++) {
            this.portals.add(portal(i).set("game.link=nats").start());
        }
    }

    private Distribution portal(int number) throws IOException {
        return withoutLimits(Distribution.inNewHome(binary)).inRealm(number, servers);
    }

    /** A portal that limits nothing, and has no service but telnet. */
    static Distribution withoutLimits(Distribution portal) {
        for (String limit :
                List.of(
                        "connections",
                        "connections_per_address",
                        "connections_per_second_per_address",
                        "commands_per_second")) {
            portal.set("limits." + limit + "=0");
        }
        return portal.withTelnetOnly().logToFile();
    }

    private static void putGame(Path jar) throws IOException {
        String type = RecordingGame.class.getName();
        String file = type.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(file));
            try (var in = RecordingGame.class.getResourceAsStream("/" + file)) {
                java.util.Objects.requireNonNull(in, file).transferTo(out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/lychgate.server.Game"));
            out.write(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    List<NatsServer> servers() {
        return servers;
    }

    Distribution game() {
        return game;
    }

    List<Distribution> portals() {
        return portals;
    }

    /** The file in which the game records what it executes. */
    Path record() {
        return game.home().resolve("record");
    }

    @Override
    public void close() throws IOException {
        for (Distribution portal : portals) {
            portal.close();
        }
        game.close();
        servers.forEach(NatsServer::close);
    }
}
