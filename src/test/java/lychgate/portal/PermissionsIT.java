package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;

import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.NatsServer;
import lychgate.nats.ServerUrl;
import lychgate.nats.Subjects;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The users and permissions that docs/scale.md gives the NATS server of a realm. */
class PermissionsIT {
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final NatsServer server;
    private final Path home;

    PermissionsIT(@TempDir Path home) throws Exception {
        this.home = home;
        String page = Files.readString(Path.of("docs/scale.md"));
        int from = page.indexOf("ping_interval");
        String config = page.substring(from, page.indexOf("```", from));
        server = NatsServer.started(NatsServer.debian(), config);
        running.push(server);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private String url(String user, int number) {
        return "nats://%s:change%%20me%%20%d@127.0.0.1:%d".formatted(user, number, server.port());
    }

    private void portal(String user, int number, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("nats.servers", "[\"" + url(user, number) + "\"]");
        settings.put("nats.portal", Integer.toString(number));
        settings.put("portal.interface", "127.0.0.1");
        for (String other : List.of("telnet.tls", "ssh", "web")) {
            settings.put(other + ".enabled", "false");
        }
        settings.put("admin.port", "0");
        Path folder = Files.createDirectories(home.resolve(user));
        Configuration configuration =
                ConfigReader.read(
                        new Sources(folder.resolve("none"), Map.of(), settings), Map.of());
        Portal portal =
                new Portal(
                        configuration,
                        Home.at(folder),
                        new PluginJars(List.of(), List.of()),
                        "1",
                        Map.of());
        running.push(portal::stop);
        portal.start(
                line -> {
                    String[] words = line.split(": ", -1);
                    if (words.length == 2) {
                        ports.put(words[0], Integer.valueOf(words[1]));
                    }
                });
    }

    @Test
    void processesOfTheRealmHaveWhatTheyNeedAndNoneCanPassForAnother() throws Exception {
        portal("game", 9, Map.of("nats.serve", "true", "telnet.enabled", "false"));
        portal("door1", 1, Map.of("game.link", "nats", "telnet.port", "0"));
        try (TelnetPeer player = TelnetPeer.connect(Objects.requireNonNull(ports.get("telnet")))) {
            player.types("guest");
            Await.until("the game", () -> player.readsLine().contains("Welcome, "));
        }
        CountingMeters meters = new CountingMeters();
        NatsConfig second =
                new NatsConfig(
                        List.of(Objects.requireNonNull(ServerUrl.parse(url("door2", 2)))),
                        null,
                        null,
                        "main",
                        2,
                        "main",
                        false);
        try (NatsConnection door2 = NatsConnection.open(second, meters, System::nanoTime)) {
            Await.until("a connection", door2::isConnected);
            assertEquals(0, meters.count("refused nats_permission"));
            byte[] forged = "forged".getBytes(StandardCharsets.UTF_8);
            door2.publish(second.subjects().toGame("main", 2), forged);
            door2.publish(second.subjects().toGame("main", 1), forged);
            door2.publish(second.subjects().toPortal(1, "main"), forged);
            door2.publish(second.subjects().gameHeartbeat("main"), forged);
            door2.publish(second.subjects().portalClaim(1), forged);
            Await.equal(4L, () -> meters.count("refused nats_permission"));
            assertNobodyIsMadeToSpeakForAnother();
            door2.subscribe(second.subjects().toPortal(1), (_, _) -> {});
            door2.subscribe(second.subjects().toGame("main"), (_, _) -> {});
            Await.equal(6L, () -> meters.count("refused nats_permission"));
        }
        assertEquals(
                "",
                server.log()
                        .lines()
                        .filter(line -> line.contains("Violation") && !line.contains("door2"))
                        .findFirst()
                        .orElse(""));
    }

    /** A reply subject is not checked by the server, so that it is those who answer who must. */
    private void assertNobodyIsMadeToSpeakForAnother() throws Exception {
        String ping = new Subjects("main").gamePing("main");
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        try (Connection door1 = Nats.connect(url("door1", 1));
                Connection door2 = Nats.connect(url("door2", 2))) {
            Dispatcher heard =
                    door1.createDispatcher(
                            message ->
                                    got.add(
                                            message.getSubject()
                                                    + " "
                                                    + HexFormat.of().formatHex(message.getData())));
            heard.subscribe("pl.main.to-portal.1.*");
            heard.subscribe("pl.main.hb.game.*");
            heard.subscribe("pl.main.inbox.1.>");
            door1.flush(Duration.ofSeconds(10));
            door2.publish(ping, "pl.main.to-portal.1.main", new byte[] {1, 2, 3});
            door2.publish(ping, "pl.main.hb.game.main", new byte[0]);
            door2.publish(ping, "pl.main.inbox.1.x.last", new byte[] {4});
            Await.until("the answer", () -> got.contains("pl.main.inbox.1.x.last "));
            assertFalse(got.contains("pl.main.to-portal.1.main 010203"), "forged frame");
            assertFalse(got.contains("pl.main.hb.game.main "), "forged end of the game");
        }
    }
}
