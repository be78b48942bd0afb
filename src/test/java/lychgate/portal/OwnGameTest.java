package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import lychgate.admin.Answer;
import lychgate.config.ConfigException;
import lychgate.config.ConfigReader;
import lychgate.config.Sources;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A game of the operator's own, from a jar, which a reload replaces. */
class OwnGameTest {
    private static final String MARK = "lychgate.test.loader";

    @AutoClose private final TestedPortals portals;
    private final Home home;
    private final Path jar;
    private final Map<String, String> settings;

    OwnGameTest(@TempDir Path folder) {
        portals = new TestedPortals(folder);
        home = portals.home();
        settings = portals.settings();
        jar = home.plugins().resolve("inn.jar");
        settings.put("game.link", "class");
    }

    @Test
    void gameOfTheOnlyJarIsPlayed() throws Exception {
        says("Welcome to the inn.").at(jar);
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'Welcome to the inn.'").types("ale").skipsTo("'You said: ale'");
        }
    }

    @Test
    void gameThatIsNamedIsPlayedAmongTwo() throws Exception {
        says("Welcome to the inn.").at(jar);
        game("other.Mine", "A mine.").at(home.plugins().resolve("mine.jar"));
        settings.put("game.class", "other.Mine");
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'A mine.'");
        }
    }

    @Test
    void gameThatIsNamedNeedsNoServiceFile() throws Exception {
        plain("own.Inn", "No service.", "", "").at(jar);
        settings.put("game.class", "own.Inn");
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'No service.'");
        }
    }

    @Test
    void gameReadsItsOwnResourcesEvenWhenTheJarIsReplacedByALongerOne() throws Exception {
        says("{RESOURCE}").file("own/words.txt", "From a file.").at(jar);
        start();
        Files.write(jar, new byte[200_000]);
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'From a file.'");
        }
    }

    @Test
    void librariesOfTheGameFindWhatIsInItsJar() throws Exception {
        says("{CONTEXT}").file("own/words.txt", "By the thread.").at(jar);
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'By the thread.'");
        }
    }

    @Test
    void gameGoesOnWhenTheConfigurationNamesAnotherKindOfLink() throws Exception {
        says("The inn.").at(jar);
        start();
        settings.put("game.link", "amp");
        assertEquals("", said(portals.ask("reload")));
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The inn.'");
        }
    }

    @Test
    void whatWaitsForTheNextStartIsSaidUntilItIsInEffect() throws Exception {
        says("The inn.").at(jar);
        start();
        settings.put("game.link", "demo");
        assertEquals(List.of("[game]"), atNextStart("--config"));
        assertEquals(List.of(), atNextStart(), "the demo game is there");
        settings.put("telnet.nop_seconds", "77");
        assertEquals(List.of("[telnet]"), atNextStart("--config"));
        assertEquals(List.of("[telnet]"), atNextStart("--config"), "it still is not");
        settings.put("game.link", "amp");
        assertEquals(List.of("[telnet]", "[game]"), atNextStart());
        settings.remove("telnet.nop_seconds");
        settings.put("game.link", "demo");
        assertEquals(List.of(), atNextStart("--config"), "it is as it was");
    }

    /** What the log says of a reload. */
    private List<String> atNextStart(String... arguments) throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(PortalOperations.class);
        log.addAppender(said);
        try {
            assertTrue(portals.ask("reload", arguments).ok());
        } finally {
            log.detachAppender(said);
        }
        String words = said.list.getLast().getFormattedMessage();
        String before = "configuration reloaded, in effect only after the next start: ";
        assertTrue(words.startsWith("configuration reloaded"), words);
        return words.startsWith(before)
                ? List.of(words.substring(before.length()).split(", ", -1))
                : List.of();
    }

    @Test
    void reloadReplacesTheGameAndKeepsTheSessions() throws Exception {
        says("The first.").at(jar);
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'");
            says("The second.").at(jar);
            assertEquals("", said(portals.ask("reload")));
            peer.skipsTo("'The second.'").types("ale").skipsTo("'You said: ale'");
        }
    }

    @Test
    void reloadFreesTheClassesOfTheGameBefore() throws Exception {
        says("The first.").at(jar);
        start();
        WeakReference<?> first = new WeakReference<>(System.getProperties().remove(MARK));
        assertTrue(first.get() != null, "the game has left its class loader");
        says("The second.").at(jar);
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'").types("ale").skipsTo("'You said: ale'");
            assertEquals("", said(portals.ask("reload")));
            peer.skipsTo("'The second.'");
            Await.until(
                    "the class loader is collected",
                    () -> {
                        System.gc();
                        return first.get() == null;
                    });
        } finally {
            System.getProperties().remove(MARK);
        }
    }

    @Test
    void brokenJarLeavesEverythingAsItWas() throws Exception {
        says("The first.").at(jar);
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'");
            byte[] good = Files.readAllBytes(says("The second.").at(jar));
            good[good.length / 3] ^= 0x55; // in the data of an entry
            Files.write(jar, good);
            Answer answer = portals.ask("reload");
            assertTrue(
                    answer.text().startsWith("The plugin jar " + jar + " is broken ("),
                    answer.text());
            assertEquals(false, answer.ok());
            peer.types("ale").skipsTo("'You said: ale'");
        }
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'");
        }
    }

    @Test
    void gameThatDoesNotStartLeavesTheOneBeforeRunning() throws Exception {
        says("The first.").at(jar);
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'");
            plain(
                            "own.Inn",
                            "Never.",
                            "",
                            "if (host != null) throw new java.io.IOException(\"No cellar.\");")
                    .service(Game.class, "own.Inn")
                    .at(jar);
            assertEquals("No cellar.", portals.ask("reload").text());
            peer.types("ale").skipsTo("'You said: ale'");
        }
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'").types("x").skipsTo("'You said: x'");
        }
    }

    @Test
    void serviceOfAReloadThatFailsLeavesNothingBehind() throws Exception {
        says("The first.").at(jar);
        start();
        plain("own.Inn", "Never.", "", "if (host != null) throw new java.io.IOException(\"No.\");")
                .service(Game.class, "own.Inn")
                .at(jar);
        news().at(home.plugins().resolve("news.jar"));
        assertEquals("No.", portals.ask("reload").text());
        WeakReference<?> news =
                new WeakReference<>(
                        Objects.requireNonNull(
                                System.getProperties().remove("lychgate.test.news"),
                                "it was started"));
        Await.until(
                "the class loader is collected",
                () -> {
                    System.gc();
                    return news.get() == null;
                });
    }

    @Test
    void gameWhoseConstructorFailsIsNamedAndTheOneBeforeGoesOn() throws Exception {
        says("The first.").at(jar);
        start();
        plain("own.Inn", "Never.", "throw new IllegalStateException(\"no roof\");", "")
                .service(Game.class, "own.Inn")
                .at(jar);
        assertEquals(
                "--set game.link: game.link = \"class\": own.Inn from "
                        + jar
                        + " must be a class whose constructor does not fail"
                        + " (java.lang.IllegalStateException: no roof, Inn.java line 5)",
                portals.ask("reload").text());
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The first.'");
        }
    }

    @Test
    void reloadReplacesPluginsOfTheGame() throws Exception {
        says("The inn.").at(jar);
        Path weather = home.plugins().resolve("weather.jar");
        weather("rain").at(weather);
        start();
        weather("snow").at(weather);
        assertEquals("", said(portals.ask("reload")));
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'The inn.'");
            Await.equal("snow", () -> System.getProperty("lychgate.test.weather"));
        } finally {
            System.clearProperty("lychgate.test.weather");
        }
    }

    @Test
    void reloadStartsServicesThatAreNewAndKeepsThoseThatRun() throws Exception {
        says("The inn.").at(jar);
        Path clock = home.plugins().resolve("clock.jar");
        counting("clock", 4100).at(clock);
        Portal portal = start();
        counting("clock", 4101).at(clock);
        counting("news", 4102).at(home.plugins().resolve("news.jar"));
        assertEquals("", said(portals.ask("reload")));
        String status = portals.ask("status").text();
        assertTrue(status.contains("clock") && status.contains("4100"), status);
        assertTrue(status.contains("news") && status.contains("4102"), status);
        portals.stop(portal);
        assertEquals("news clock", System.getProperties().remove("lychgate.test.stopped"));
    }

    @Test
    void noGameIsAMistakeThatNamesTheFolder() {
        assertMistake(
                "--set game.link: game.link = \"class\": there is no game in "
                        + home.plugins()
                        + ": put the jar of one there, or name its class with game.class");
    }

    @Test
    void twoGamesAreAMistakeThatNamesBothOrigins() {
        says("One.").at(jar);
        Path mine = game("other.Mine", "Two.").at(home.plugins().resolve("mine.jar"));
        assertMistake(
                "--set game.link: game.link = \"class\": there are 2 games, own.Inn from "
                        + jar
                        + " and other.Mine from "
                        + mine
                        + ": name one with game.class, or take the others away");
    }

    @Test
    void classThatIsNotThereIsAMistakeThatSuggestsOneThatIs() {
        says("One.").at(jar);
        assertWrongClass(
                "own.Imn", "a class in a jar of " + home.plugins() + "; did you mean own.Inn?");
        assertWrongClass("", "a class in a jar of " + home.plugins());
    }

    @Test
    void classThatIsNoGameIsAMistake() {
        new PluginJar().source("own.Inn", "package own; public class Inn {}").at(jar);
        assertWrongClass("own.Inn", "a class that implements lychgate.server.Game");
    }

    @Test
    void classThatCannotBeCreatedIsAMistake() {
        String why = "a public class, not abstract, with a public constructor without arguments";
        for (String declaration :
                List.of(
                        "public abstract class Inn implements lychgate.server.Game {}",
                        "class Inn implements lychgate.server.Game { " + METHODS + " }",
                        "public class Inn implements lychgate.server.Game {"
                                + " private Inn() {} "
                                + METHODS
                                + " }",
                        "public class Inn implements lychgate.server.Game {"
                                + " public Inn(String name) {} "
                                + METHODS
                                + " }")) {
            new PluginJar().source("own.Inn", "package own; " + declaration).at(jar);
            assertWrongClass("own.Inn", why);
        }
    }

    @Test
    void classWhoseConstructorOrInitializerFailsIsAMistake() {
        plain("own.Inn", "", "throw new IllegalStateException(\"no roof\");", "").at(jar);
        assertWrongClass(
                "own.Inn",
                "a class whose constructor does not fail (java.lang.IllegalStateException: no"
                        + " roof, Inn.java line 5)");
        new PluginJar()
                .source(
                        "own.Inn",
                        "package own; public class Inn implements lychgate.server.Game {"
                                + " static final int X = Integer.parseInt(\"x\"); "
                                + METHODS
                                + " }")
                .at(jar);
        assertWrongClass(
                "own.Inn",
                "a class that can be created (java.lang.NumberFormatException: For input string:"
                        + " \"x\", Inn.java line 1)");
    }

    @Test
    void classOfTwoJarsIsAMistakeThatNamesBoth() {
        plain("own.Inn", "One.", "", "").at(jar);
        Path copy = plain("own.Inn", "Two.", "", "").at(home.plugins().resolve("copy.jar"));
        assertWrongClass("own.Inn", "a class in one jar only; it is in " + copy + " and " + jar);
    }

    @Test
    void classIsNotLookedAtUnlessTheLinkAsksForIt() throws Exception {
        settings.put("game.link", "demo");
        settings.put("game.class", "no.Such");
        start();
        try (TelnetPeer peer = TelnetPeer.connect(port())) {
            peer.skipsTo("'connect'");
        }
    }

    private static final String METHODS =
            "public void start(lychgate.server.GameHost host) {}"
                    + " public void greet(lychgate.server.ServerSession session) {}"
                    + " public void text(lychgate.server.ServerSession session,"
                    + " lychgate.text.PlayerText line) {}";

    private static PluginJar says(String greeting) {
        return game("own.Inn", greeting);
    }

    private static PluginJar game(String name, String greeting) {
        return plain(name, greeting, "", "").service(Game.class, name);
    }

    private static PluginJar plain(
            String name, String greeting, String inConstructor, String atStart) {
        int dot = name.lastIndexOf('.');
        return new PluginJar()
                .source(
                        name,
                        """
                        package %s;
                        import lychgate.server.*;
                        import lychgate.text.*;
                        public final class %s implements Game {
                            public %2$s() { %s }
                            public void start(GameHost host) throws java.io.IOException {
                                %s
                                System.getProperties().put("%s", getClass().getClassLoader());
                            }
                            public void greet(ServerSession session) {
                                session.msg(Markup.of("{}", words()));
                            }
                            public void restored(ServerSession session) {}
                            public void text(ServerSession session, PlayerText line) {
                                session.msg(Markup.of("You said: {}", line));
                            }
                            private static String words() {
                                String words = "%s";
                                if (!words.startsWith("{")) {
                                    return words;
                                }
                                try (var in = words.equals("{RESOURCE}")
                                        ? %2$s.class.getResourceAsStream("words.txt")
                                        : Thread.currentThread().getContextClassLoader()
                                                .getResource("own/words.txt").openStream()) {
                                    return new String(in.readAllBytes());
                                } catch (java.io.IOException e) {
                                    return e.toString();
                                }
                            }
                        }
                        """
                                .formatted(
                                        name.substring(0, dot),
                                        name.substring(dot + 1),
                                        inConstructor,
                                        atStart,
                                        MARK,
                                        greeting));
    }

    private static PluginJar weather(String now) {
        return new PluginJar()
                .service(ServerPlugin.class, "game.Weather")
                .source(
                        "game.Weather",
                        """
                        package game;
                        public final class Weather implements lychgate.plugin.ServerPlugin {
                            public String name() { return "weather"; }
                            public void start(lychgate.server.GameHost host) {
                                System.setProperty("lychgate.test.weather", "%s");
                            }
                        }
                        """
                                .formatted(now));
    }

    /** A service that says it listens, and leaves its name when it is stopped. */
    private static PluginJar counting(String name, int port) {
        return new PluginJar()
                .service(PortalPlugin.class, "portal.Service")
                .source(
                        "portal.Service",
                        """
                        package portal;
                        public final class Service implements lychgate.plugin.PortalPlugin {
                            public String name() { return "%s"; }
                            public void start(lychgate.plugin.PortalApplication app) {}
                            public java.util.OptionalInt port() {
                                return java.util.OptionalInt.of(%d);
                            }
                            public void stop() {
                                System.getProperties().merge(
                                        "lychgate.test.stopped", name(), (a, b) -> a + " " + b);
                            }
                        }
                        """
                                .formatted(name, port));
    }

    /** A service that offers bots, and leaves its class loader. */
    private static PluginJar news() {
        return new PluginJar()
                .service(PortalPlugin.class, "portal.News")
                .source(
                        "portal.News",
                        """
                        package portal;
                        public final class News implements lychgate.plugin.PortalPlugin {
                            public String name() { return "news"; }
                            public void start(lychgate.plugin.PortalApplication app) {
                                app.sessions().offer(java.util.Set.of("news"), config -> null);
                                System.getProperties().put(
                                        "lychgate.test.news", getClass().getClassLoader());
                            }
                            public void stop() {}
                        }
                        """);
    }

    private Portal start() throws ConfigException, StartException {
        PluginJars found = PluginJars.find(home.plugins());
        Portal portal = new Portal(reads(found), home, found, "0.0", Map.of());
        portal.rereads(this::reads);
        portals.start(portal);
        return portal;
    }

    private lychgate.config.Configuration reads(PluginJars found) throws ConfigException {
        return ConfigReader.read(
                new Sources(home.configFile(), Map.of(), settings),
                found.settings(),
                found.games());
    }

    private void assertWrongClass(String name, String mustBe) {
        settings.put("game.class", name);
        assertMistake("--set game.class: game.class = \"" + name + "\": must be " + mustBe);
    }

    private void assertMistake(String sentence) {
        ConfigException e = assertThrows(ConfigException.class, this::start);
        assertEquals(sentence, e.getMessage());
    }

    private static String said(Answer answer) {
        return answer.ok() ? "" : answer.text();
    }

    private int port() {
        return portals.port("telnet");
    }
}
