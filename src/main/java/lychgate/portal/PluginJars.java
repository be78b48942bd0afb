package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.ServerPlugin;
import lychgate.plugin.Settings;
import lychgate.server.Game;
import lychgate.text.OneLine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The available plugins and games: on the class path, and in the jars of {@code HOME/plugins/},
 * each with its own class loader.
 *
 * @param portal services of the portal
 * @param server services of an in-process game
 * @param games for {@code game.link = "class"}
 */
public record PluginJars(List<PortalPlugin> portal, List<ServerPlugin> server, FoundGames games) {
    /** Names that are kept free for services to come. */
    private static final List<String> RESERVED = List.of("web", "web-tls", "websocket");

    /** Plugins, and no games. */
    public PluginJars(List<PortalPlugin> portal, List<ServerPlugin> server) {
        this(portal, server, new FoundGames(Path.of("plugins"), List.of(), List.of()));
    }

    /**
     * Finds and instantiates all plugins.
     *
     * @throws StartException if a jar is broken, or two plugins have the same name
     */
    public static PluginJars find(Path folder) throws StartException {
        Found found = new Found();
        ClassLoader ours = PluginJars.class.getClassLoader();
        found.search(ours, "the class path");
        for (Path jar : jars(folder)) {
            found.search(classes(jar, ours), jar.toString());
        }
        return new PluginJars(
                List.copyOf(found.portal),
                List.copyOf(found.server),
                new FoundGames(folder, found.places, found.games));
    }

    /**
     * These, found while others are in use: services of the portal that run are kept as they are,
     * even if their jars have changed or are gone.
     */
    PluginJars keeping(List<PortalPlugin> running) {
        Map<String, PortalPlugin> services = new LinkedHashMap<>();
        running.forEach(plugin -> services.put(plugin.name(), plugin));
        portal.forEach(plugin -> services.putIfAbsent(plugin.name(), plugin));
        return new PluginJars(List.copyOf(services.values()), server, games);
    }

    /** The name of each plugin, and the reader of its settings. */
    public Map<String, Consumer<Settings>> settings() {
        Map<String, Consumer<Settings>> settings = new LinkedHashMap<>();
        portal.forEach(plugin -> settings.put(plugin.name(), plugin::configure));
        server.forEach(plugin -> settings.put(plugin.name(), plugin::configure));
        return settings;
    }

    /** The plugins found so far, and where. */
    private static final class Found {
        private final List<PortalPlugin> portal = new ArrayList<>();
        private final List<ServerPlugin> server = new ArrayList<>();
        private final List<FoundGames.Place> places = new ArrayList<>();
        private final List<FoundGames.Declared> games = new ArrayList<>();
        private final Map<String, String> origins = new HashMap<>();

        private Found() {
            Stream.concat(Configuration.serviceNames().stream(), RESERVED.stream())
                    .forEach(name -> origins.put(name, "Lychgate itself"));
        }

        void search(ClassLoader loader, String origin) throws StartException {
            add(PortalPlugin.class, loader, origin, PortalPlugin::name, portal);
            add(ServerPlugin.class, loader, origin, ServerPlugin::name, server);
            addGames(loader, origin);
        }

        /** Games are only created when one is chosen. */
        private void addGames(ClassLoader loader, String origin) throws StartException {
            places.add(new FoundGames.Place(loader, origin));
            try {
                ServiceLoader.load(Game.class, loader).stream()
                        .map(ServiceLoader.Provider::type)
                        .filter(type -> loader.equals(type.getClassLoader()))
                        .forEach(type -> games.add(new FoundGames.Declared(type, origin)));
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                throw broken(origin, e);
            }
        }

        private <T> void add(
                Class<T> type,
                ClassLoader loader,
                String origin,
                Function<T, String> name,
                List<T> into)
                throws StartException {
            try {
                for (Iterator<T> each = ServiceLoader.load(type, loader).iterator();
                        each.hasNext(); ) {
                    T plugin = each.next();
                    if (!plugin.getClass().getClassLoader().equals(loader)) {
                        continue; // from the class path: already found
                    }
                    String taken = origins.put(name.apply(plugin), origin);
                    if (taken != null) {
                        throw new StartException(
                                "Two plugins are called "
                                        + name.apply(plugin)
                                        + ", one from "
                                        + taken
                                        + " and one from "
                                        + origin
                                        + ": take one of them away.");
                    }
                    into.add(plugin);
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                throw broken(origin, e);
            }
        }
    }

    private static StartException broken(String origin, Throwable cause) {
        return new StartException(
                "The plugin jar "
                        + origin
                        + " is broken ("
                        + OneLine.of(String.valueOf(cause.getMessage()))
                        + "): replace it, or remove it.",
                cause);
    }

    private static ClassLoader classes(Path jar, ClassLoader ours) throws StartException {
        try {
            return JarClasses.read(jar, ours);
        } catch (IOException e) {
            throw broken(jar.toString(), e);
        }
    }

    private static List<Path> jars(Path folder) throws StartException {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
                found.forEach(jars::add);
            } catch (IOException e) {
                throw new StartException(
                        "The folder " + folder + " cannot be read: make it readable.", e);
            }
        }
        jars.sort(null);
        return jars;
    }
}
