package lychgate.examples;

import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.portal.Home;
import lychgate.portal.PluginJars;
import lychgate.portal.Portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole portal that runs for a test, with the plugins of its home.
 *
 * <p>In a test the examples stand on the class path; here they must come from their jars. So the
 * portal is loaded once more, by a loader that does not know them.
 */
public final class RunningPortal implements AutoCloseable {
    private final Portal portal;

    /** Called by {@link #start}, in a class loader of its own. */
    public RunningPortal(Path home, Map<String, String> settings, Consumer<String> announce)
            throws Exception {
        Home folders = Home.at(home);
        PluginJars plugins = PluginJars.find(folders.plugins());
        Configuration configuration =
                ConfigReader.read(
                        new Sources(folders.configFile(), Map.of(), settings), plugins.settings());
        portal = new Portal(configuration, folders, plugins, "1.2.3", Map.of());
        portal.start(announce);
    }

    /**
     * Starts a portal.
     *
     * @param announce is told the lines that it prints
     */
    static AutoCloseable start(Path home, Map<String, String> settings, Consumer<String> announce)
            throws ReflectiveOperationException {
        return (AutoCloseable)
                new WithoutExamples()
                        .loadClass(RunningPortal.class.getName())
                        .getConstructor(Path.class, Map.class, Consumer.class)
                        .newInstance(home, settings, announce);
    }

    @Override
    public void close() {
        portal.stop();
    }

    /** Loads Lychgate anew, but not the example plugins. */
    private static final class WithoutExamples extends ClassLoader {
        private static final String OURS = "lychgate.";
        private static final String EXAMPLES = "lychgate.examples.linejson.";

        WithoutExamples() {
            super(RunningPortal.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(EXAMPLES)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
