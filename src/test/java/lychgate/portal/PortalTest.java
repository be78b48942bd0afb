package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Python;
import lychgate.admin.Answer;
import lychgate.config.ConfigException;
import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.peers.InTime;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

class PortalTest {
    /** How long a stop may take: docs/operations.md promises it. */
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static final int FLOODING = 20;

    private static final String RECEIVES_TWO_DATAGRAMS =
            """
            import socket, sys
            receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            receiver.bind(sys.argv[1])
            print("bound")
            print(receiver.recv(1000).decode())
            print(receiver.recv(1000).decode())
            """;

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    @AutoClose private final TestedPortals portals;
    private final Home home;
    private final Map<String, String> settings;
    private final Map<String, String> environment = new HashMap<>();
    private final List<PortalPlugin> plugins = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> announced;

    PortalTest(@TempDir Path folder) {
        portals = new TestedPortals(folder);
        home = portals.home();
        settings = portals.settings();
        announced = portals.announced();
    }

    @Test
    void servicesAreAnnouncedWithTheirPortsAndThenThatAllIsReady() throws Exception {
        start();
        int port = portals.port("telnet");
        assertEquals(List.of("telnet: " + port, "Lychgate is ready"), announced);
        try (TelnetPeer peer = TelnetPeer.connect(port)) {
            peer.skipsTo("'> '").types("quit").rest();
        }
    }

    @Test
    void telnetOverTlsIsAnnouncedAndItsCertificateMade() throws Exception {
        settings.put("telnet.tls.enabled", "true");
        settings.put("telnet.tls.port", "0");
        start();
        assertEquals(
                List.of(
                        "telnet: " + portals.port("telnet"),
                        "telnet-tls: " + portals.port("telnet-tls"),
                        "Lychgate is ready"),
                announced);
        assertTrue(Files.exists(home.tls().resolve("server.crt")));
    }

    @Test
    void sshIsAnnouncedAndItsKeysMade() throws Exception {
        settings.put("ssh.enabled", "true");
        settings.put("ssh.port", "0");
        start();
        assertEquals(
                List.of(
                        "telnet: " + portals.port("telnet"),
                        "ssh: " + portals.port("ssh"),
                        "Lychgate is ready"),
                announced);
        assertTrue(Files.exists(home.ssh().resolve("ssh_host_ed25519_key.pub")));
    }

    @Test
    void portsOfTheWebAreAnnounced() throws Exception {
        webOnFreePorts();
        start();
        assertEquals(
                List.of(
                        "telnet: " + portals.port("telnet"),
                        "web: " + portals.port("web"),
                        "web-tls: " + portals.port("web-tls"),
                        "websocket: " + portals.port("websocket"),
                        "Lychgate is ready"),
                announced);
    }

    private void webOnFreePorts() {
        settings.put("web.enabled", "true");
        settings.put("web.port", "0");
        settings.put("web.websocket_port", "0");
        settings.put("web.tls.enabled", "true");
        settings.put("web.tls.port", "0");
    }

    @Test
    void servicesOfOurOwnAreAnnouncedBeforePlugins() throws Exception {
        settings.put("ssh.enabled", "true");
        settings.put("ssh.port", "0");
        webOnFreePorts();
        settings.put("game.link", "amp");
        settings.put("amp.port", "0");
        settings.put("admin.enabled", "true");
        settings.put("admin.port", "0");
        plugins.add(RecordingPlugin.on(4200, "news", done));
        start();
        assertEquals(
                List.of(
                        "telnet",
                        "ssh",
                        "web",
                        "web-tls",
                        "websocket",
                        "amp",
                        "admin",
                        "news",
                        "Lychgate is ready"),
                announced.stream().map(line -> line.replaceAll(": \\d+$", "")).toList());
    }

    @Test
    void keyThatCannotBeUsedEndsTheStart() throws Exception {
        settings.put("telnet.sniff_tls", "true");
        Path key = Files.createDirectories(home.tls()).resolve("server.key");
        Files.writeString(key, "no key");
        StartException e = assertThrows(StartException.class, this::start);
        assertTrue(String.valueOf(e.getMessage()).contains("one is missing"), e.toString());
        assertEquals(List.of(), announced);
    }

    @Test
    void serviceThatIsSwitchedOffIsNotAnnounced() throws Exception {
        settings.put("telnet.enabled", "false");
        start();
        assertEquals(List.of("Lychgate is ready"), announced);
    }

    @Test
    void stopTellsThePlayersEndsTheirConnectionsAndLetsNobodyIn() throws Exception {
        Portal portal = start();
        int port = portals.port("telnet");
        try (TelnetPeer guest = TelnetPeer.connect(port);
                TelnetPeer stranger = TelnetPeer.connect(port)) {
            guest.skipsTo("'> '").types("guest").skipsTo("'> '");
            portals.stop(portal);
            for (TelnetPeer peer : List.of(guest, stranger)) {
                peer.skipsTo("'The gate closes for now. Please come again.' ESC '[0m' CR LF");
                peer.expectsEnd();
            }
        }
        assertThrows(UncheckedIOException.class, () -> TelnetPeer.connect(port));
    }

    @Test
    void stopIsDoneInTimeWhileClientsFloodAndDoNotRead() throws Exception {
        settings.put("limits.connections_per_second_per_address", "0");
        InTime.once(PROMISED, this::stopWhileFlooded);
    }

    private Duration stopWhileFlooded() throws Exception {
        announced.clear();
        Portal portal = start();
        byte[] flood = "look\r\nlines 1000 100\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
        List<Socket> flooding = new ArrayList<>();
        for (int i = 0; i < FLOODING; i++) {
            Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), portals.port("telnet"));
            flooding.add(socket);
            Thread.ofVirtual().start(() -> floods(socket, flood));
        }
        try (TelnetPeer honest = TelnetPeer.connect(portals.port("telnet"))) {
            honest.skipsTo("'> '").types("guest").skipsTo("'> '");
            Duration taken = stop(portal);
            honest.skipsTo("'The gate closes for now. Please come again.'");
            return taken;
        } finally {
            for (Socket socket : flooding) {
                socket.close();
            }
        }
    }

    private Duration stop(Portal portal) {
        long began = System.nanoTime();
        portals.stop(portal);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void floods(Socket socket, byte[] flood) {
        try {
            socket.getOutputStream().write("guest\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write(flood);
            }
        } catch (IOException e) {
            // the portal has stopped
        }
    }

    @Test
    void serviceThatDoesNotStopIsLeftBehind() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        plugins.add(new Hanging(never));
        InTime.once(PROMISED, () -> stop(start()));
        never.countDown();
    }

    /** One that does not stop until something happens. */
    private record Hanging(CountDownLatch until) implements PortalPlugin {
        @Override
        public String name() {
            return "news";
        }

        @Override
        public void start(PortalApplication application) {}

        @Override
        public void stop() {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void portalThatHasStoppedLeavesItsFolderToTheNext() throws Exception {
        portals.stop(start());
        announced.clear();
        start();
        assertEquals(2, announced.size());
    }

    @Test
    void portalThatHasStoppedLeavesNoThread() throws Exception {
        Portal portal = start();
        try (TelnetPeer peer = TelnetPeer.connect(portals.port("telnet"))) {
            peer.skipsTo("'> '");
            portals.stop(portal);
        }
        Await.equal(List.of(), this::threads);
    }

    @Test
    void operatorSeesKicksAndBansOverTheSocket() throws Exception {
        start();
        try (TelnetPeer guest = TelnetPeer.connect(portals.port("telnet")).skipsTo("'> '");
                TelnetPeer other = TelnetPeer.connect(portals.port("telnet"))) {
            guest.types("guest").skipsTo("'> '");
            other.skipsTo("'> '");
            List<String> rows = portals.ask("sessions").text().lines().toList();
            assertEquals("1 guest1 telnet 127.0.0.1 - 0s 0", rows.get(1).replaceAll(" +", " "));
            portals.ask("say", "Tea |ris|n served.");
            guest.skipsTo("'Tea |ris|n served.'");
            assertTrue(portals.ask("kick", "1", "Be kind.").ok());
            guest.skipsTo("'Be kind.'").rest();
            assertTrue(portals.ask("ban", "127.0.0.0/8").ok());
            other.skipsTo("'You may not stay here.'").rest();
        }
        try (TelnetPeer late = TelnetPeer.connect(portals.port("telnet"))) {
            late.expectsText("You may not come in from your address.\r\n").expectsEnd();
        }
        assertTrue(portals.ask("status", "").text().contains("0 sessions, link up\ntelnet: "));
    }

    @Test
    void whoeverEndsASessionTheReasonIsSaidOverGmcp() throws Exception {
        settings.put("limits.idle_seconds", "2");
        Portal portal = start();
        try (TelnetPeer guest = takesGmcp()) {
            guest.types("quit");
            assertLastWord("The lantern swings behind you. Farewell!", guest);
        }
        try (TelnetPeer guest = takesGmcp()) {
            assertTrue(portals.ask("kick", "2", "Be kind.").ok());
            assertLastWord("Be kind.", guest);
        }
        try (TelnetPeer guest = takesGmcp()) {
            assertLastWord("You have been idle for too long. Please come again.", guest);
        }
        try (TelnetPeer guest = takesGmcp()) {
            portals.stop(portal);
            assertLastWord("The gate closes for now. Please come again.", guest);
        }
    }

    private TelnetPeer takesGmcp() {
        TelnetPeer peer = TelnetPeer.connect(portals.port("telnet"));
        return peer.sends("IAC DO GMCP").skipsTo("'> '");
    }

    /** The words are shown, and then said over GMCP, and that is the end. */
    private static void assertLastWord(String words, TelnetPeer peer) {
        peer.skipsTo("'" + words + "'");
        peer.skipsTo("CR LF IAC SB GMCP 'Core.Goodbye \"" + words + "\"' IAC SE").expectsEnd();
    }

    @Test
    void gameIsRestartedWithItsPlayersAndNoLineOfTheirsIsLost() throws Exception {
        start();
        try (TelnetPeer guest = TelnetPeer.connect(portals.port("telnet")).skipsTo("'> '");
                TelnetPeer newcomer = TelnetPeer.connect(portals.port("telnet")).skipsTo("'> '")) {
            guest.types("guest").skipsTo("'> '").types("north").skipsTo("'The Churchyard'");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                lines.append("echo line ").append(i).append("\r\n");
            }
            guest.sends(lines.toString().getBytes(StandardCharsets.UTF_8));
            assertTrue(portals.ask("reload").ok());
            guest.types("look");
            for (int i = 0; i < 50; i++) {
                guest.skipsTo("'line " + i + "' CR LF");
            }
            guest.skipsTo("'The Churchyard'");
            newcomer.skipsTo("'connect'").skipsTo("'> '").types("guest").skipsTo("'Welcome'");
        }
    }

    @Test
    void mistakeInTheConfigurationLeavesTheGameAsItIs() throws Exception {
        Portal portal = start();
        portal.rereads(
                _ ->
                        ConfigReader.read(
                                new Sources(home.configFile(), Map.of(), Map.of()), Map.of()));
        Files.createDirectories(home.etc());
        Files.writeString(home.configFile(), "[telnet]\nprot = 1\n");
        Answer answer = portals.ask("reload");
        assertTrue(
                answer.text().endsWith("telnet.prot is not a setting; did you mean telnet.port?"),
                answer.text());
        Files.writeString(home.configFile(), "[limits]\nconnections = 1\n");
        assertTrue(portals.ask("reload").ok());
        try (TelnetPeer one = TelnetPeer.connect(portals.port("telnet")).skipsTo("'> '");
                TelnetPeer other = TelnetPeer.connect(portals.port("telnet"))) {
            other.skipsTo("'There is no room left just now.'").rest();
            one.types("guest").skipsTo("'Welcome'");
        }
    }

    @Test
    void configurationIsReloadedWhileTheGameGoesOn() throws Exception {
        Portal portal = start();
        portal.rereads(
                _ ->
                        ConfigReader.read(
                                new Sources(
                                        home.configFile(),
                                        Map.of(),
                                        Map.of("limits.connections", "1")),
                                Map.of()));
        Files.createDirectories(home.etc());
        try (TelnetPeer guest = TelnetPeer.connect(portals.port("telnet"))) {
            guest.skipsTo("'> '").types("guest").skipsTo("'Welcome'").types("prompt |>");
            Files.writeString(home.configFile(), "[telnet]\nprot = 1\n");
            assertTrue(!portals.ask("reload", "--config").ok());
            guest.types("look").types("look").skipsTo("'|>'").skipsTo("'|>'");
            Files.writeString(home.configFile(), "[portal]\nname = \"Elm\"\n");
            assertTrue(portals.ask("reload", "--config").ok());
            try (TelnetPeer newcomer = TelnetPeer.connect(portals.port("telnet"))) {
                newcomer.skipsTo("'There is no room left just now.'").rest();
            }
            guest.types("look").skipsTo("'|>'");
        }
    }

    @Test
    void drainedPortalTakesNoNewcomersAndStopsWhenTheLastHasLeft() throws Exception {
        Portal portal = start();
        try (TelnetPeer guest = TelnetPeer.connect(portals.port("telnet"))) {
            guest.skipsTo("'> '").types("guest").skipsTo("'Welcome'");
            assertTrue(portals.ask("drain", "0").ok());
            try (TelnetPeer newcomer = TelnetPeer.connect(portals.port("telnet"))) {
                newcomer.skipsTo("'The game is about to stop.'").rest();
            }
            guest.types("look").skipsTo("'The Lychgate'").types("quit").rest();
        }
        portal.awaitStopOrder();
    }

    @Test
    void drainedPortalStopsAfterItsTime() throws Exception {
        Portal portal = start();
        try (TelnetPeer guest = TelnetPeer.connect(portals.port("telnet"))) {
            guest.skipsTo("'> '").types("guest").skipsTo("'Welcome'");
            assertTrue(portals.ask("drain", "1").ok());
            portal.awaitStopOrder();
        }
    }

    @Test
    void secondReloadDuringTheFirstIsRefusedAtOnce() throws Exception {
        Portal portal = start();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Configuration> read = new CompletableFuture<>();
        portal.rereads(
                _ -> {
                    begun.countDown();
                    return read.join();
                });
        CompletableFuture<Boolean> first =
                CompletableFuture.supplyAsync(
                        () -> assertDoesNotThrow(() -> portals.ask("reload").ok()));
        begun.await();
        assertEquals("The game is being restarted already.", portals.ask("reload").text());
        read.complete(
                ConfigReader.read(new Sources(home.configFile(), Map.of(), Map.of()), Map.of()));
        assertTrue(first.join());
    }

    @Test
    void secondPortalOnTheSameFolderIsRefused() throws Exception {
        start();
        announced.clear();
        assertRefused(
                "A portal already runs on "
                        + home.var()
                        + " (process "
                        + ProcessHandle.current().pid()
                        + "): stop it, or give this one another folder with --var.");
        assertEquals(List.of(), announced);
    }

    @Test
    void portThatIsTakenEndsTheStartAndLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();
            settings.put("telnet.port", Integer.toString(port));
            assertRefused(
                    "telnet.port "
                            + port
                            + ": Address already in use; free it or set another telnet.port");
            assertEquals(List.of(), announced);
        }
        Await.equal(List.of(), this::threads);
        VarLock.take(home.var()).close();
    }

    @Test
    void gameThatCannotStartEndsTheStartAndLeavesNothingBehind() throws Exception {
        Path folder = home.var().resolve("gatehouse");
        Files.createDirectories(home.var());
        Files.createFile(folder);
        assertRefused(
                "The accounts in "
                        + folder
                        + " cannot be opened ("
                        + folder
                        + "): see that nothing else uses them and that this user may write there.");
        Await.equal(List.of(), this::threads);
    }

    @Test
    void pluginsAreStartedInOrderAndStoppedInReverse() throws Exception {
        plugins.add(RecordingPlugin.on(4100, "mail", done));
        plugins.add(RecordingPlugin.silent("clock", done));
        plugins.add(RecordingPlugin.on(4200, "news", done));
        Portal portal = start();
        assertEquals(
                List.of(
                        "telnet: " + portals.port("telnet"),
                        "mail: 4100",
                        "news: 4200",
                        "Lychgate is ready"),
                announced);
        portals.stop(portal);
        assertEquals(
                List.of(
                        "start mail",
                        "start clock",
                        "start news",
                        "close listener mail",
                        "close listener clock",
                        "close listener news",
                        "stop news",
                        "stop clock",
                        "stop mail"),
                done);
    }

    @Test
    void pluginThatIsSwitchedOffIsNotStarted() throws Exception {
        settings.put("plugins.mail.enabled", "false");
        plugins.add(RecordingPlugin.on(4100, "mail", done));
        portals.stop(start());
        assertEquals(List.of(), done);
    }

    @Test
    void pluginThatCannotStartIsLeftOut() throws Exception {
        plugins.add(RecordingPlugin.broken("mail", "There is no post office here.", done));
        plugins.add(RecordingPlugin.on(4200, "news", done));
        portals.stop(start());
        assertEquals(
                List.of("telnet: " + portals.port("telnet"), "news: 4200", "Lychgate is ready"),
                announced);
        assertEquals(
                List.of(
                        "start mail",
                        "stop mail",
                        "start news",
                        "close listener news",
                        "stop news"),
                done);
    }

    @Test
    void requiredPluginThatCannotStartEndsTheStart() throws Exception {
        settings.put("plugins.mail.required", "true");
        plugins.add(RecordingPlugin.on(4200, "news", done));
        plugins.add(RecordingPlugin.broken("mail", "There is no post office here.", done));
        assertRefused("There is no post office here.");
        assertEquals(List.of("start news", "start mail", "stop mail", "stop news"), done);
    }

    @Test
    void serviceManagerIsToldThatAllIsReadyAndThatItEnds() throws Exception {
        Path socket = Files.createDirectories(home.var()).resolve("notify");
        environment.put("NOTIFY_SOCKET", socket.toString());
        try (Python manager = Python.runs(RECEIVES_TWO_DATAGRAMS, socket.toString())) {
            assertEquals("bound", manager.prints());
            Portal portal = start();
            assertEquals("READY=1", manager.prints());
            portals.stop(portal);
            assertEquals("STOPPING=1", manager.prints());
        }
    }

    private Portal start() throws ConfigException, StartException {
        Portal portal = portal();
        portals.start(portal);
        return portal;
    }

    private void assertRefused(String sentence) throws ConfigException {
        Portal portal = portal();
        StartException e = assertThrows(StartException.class, () -> portal.start(announced::add));
        assertEquals(sentence, e.getMessage());
    }

    private Portal portal() throws ConfigException {
        PluginJars found = new PluginJars(plugins, List.of());
        Sources sources = new Sources(home.configFile(), Map.of(), settings);
        return new Portal(
                ConfigReader.read(sources, found.settings()), home, found, "0.0", environment);
    }

    /** The threads of the portal that this test has started. */
    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.matches("lychgate-.*|Loop-.*|TelnetAcceptor-.*"))
                .sorted()
                .toList();
    }
}
