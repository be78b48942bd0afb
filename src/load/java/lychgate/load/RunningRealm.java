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
 * Real processes on this machine: two NATS servers, a portal that serves a game, and portals with
 * players, without limits.
 */
final class RunningRealm implements AutoCloseable {
    private static final int SERVING = 9;

    private final Path binary;
    private final List<NatsServer> servers;
    private final Distribution game;
    private final List<Distribution> portals = new ArrayList<>();

    /** What is served. */
    interface Served {
        /** The demo game. */
        Served DEMO = portal -> portal.set("game.link=demo");

        /** A {@link RecordingGame}. */
        Served RECORDING = RunningRealm::serveRecording;

        /** Sets up the portal that serves it, which has not been started. */
        void by(Distribution portal) throws IOException, InterruptedException;
    }

    /** With two NATS servers and a {@link RecordingGame}. */
    RunningRealm(Path binary, int portals) throws IOException, InterruptedException {
        this(binary, twoServers(), portals, Served.RECORDING);
    }

    RunningRealm(Path binary, List<NatsServer> servers, int portals, Served served)
            throws IOException, InterruptedException {
        this(binary, servers, servers, servers, portals, served);
    }

    private RunningRealm(
            Path binary,
            List<NatsServer> servers,
            List<NatsServer> ofGame,
            List<NatsServer> ofPortals,
            int portals,
            Served served)
            throws IOException, InterruptedException {
        this.binary = binary;
        this.servers = List.copyOf(servers);
        this.game = portal(SERVING, ofGame).set("telnet.enabled=false").set("nats.serve=true");
        served.by(game);
        game.start();
        for (int i = 1; i <= portals; i++) {
            this.portals.add(portal(i, ofPortals).set("game.link=nats").start());
        }
    }

    /** The portals with players know the first of two servers only, and the game the last. */
    static RunningRealm apart(Path binary, int portals) throws IOException, InterruptedException {
        List<NatsServer> both = twoServers();
        return new RunningRealm(
                binary, both, both.subList(1, 2), both.subList(0, 1), portals, Served.RECORDING);
    }

    /** Two NATS servers that pass messages on to each other. */
    static List<NatsServer> twoServers() {
        return NatsServer.cluster(NatsServer.newest(), "");
    }

    private Distribution portal(int number, List<NatsServer> known) throws IOException {
        return withoutLimits(Distribution.inNewHome(binary)).inRealm(number, known);
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

    private static void serveRecording(Distribution portal) throws IOException {
        Path plugins = Files.createDirectories(portal.home().resolve("plugins"));
        putGame(plugins.resolve("game.jar"));
        portal.set("game.link=class")
                .environment("JAVA_OPTS", "-D" + RecordingGame.FILE + "=" + record(portal));
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

    /** The file in which a {@link RecordingGame} records what it executes. */
    Path record() {
        return record(game);
    }

    private static Path record(Distribution portal) {
        return portal.home().resolve("record");
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
