package lychgate.cli;

import lychgate.config.ConfigException;
import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.files.WrittenFile;
import lychgate.keys.AuthorizedKeys;
import lychgate.keys.SshHostKeys;
import lychgate.keys.TlsKeys;
import lychgate.portal.Home;
import lychgate.portal.PluginJars;
import lychgate.portal.StartException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code lychgate check}: reads the configuration and the files it needs, and reports mistakes. */
@Command(name = "check", description = "Reads the configuration and reports every mistake.")
final class CheckCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Failure {
        Home home = options.home();
        Main.configureLogging(home.etc());
        try {
            Sources sources = new Sources(home.configFile(), System.getenv(), Map.of());
            PluginJars plugins = PluginJars.find(home.plugins());
            Configuration configuration =
                    ConfigReader.read(sources, plugins.settings(), plugins.games());
            if (configuration.speaksTls()) {
                TlsKeys.check(home.tls());
            }
            if (configuration.speaksSsh()) {
                SshHostKeys.list(home.ssh()); // reading them is the check
                new AuthorizedKeys(home.authorizedKeys()).refresh(); // which warns about bad lines
            }
            checkBanner(home);
        } catch (ConfigException | StartException | IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
        boolean there = Files.exists(home.configFile());
        spec.commandLine()
                .getOut()
                .println(
                        home.configFile()
                                + ": no mistakes"
                                + (there ? "" : "; it does not exist, so the defaults apply"));
        return 0;
    }

    private static void checkBanner(Home home) throws IOException {
        try {
            WrittenFile.text(home.etc().resolve("banner.txt"));
        } catch (NoSuchFileException e) {
            return; // the built-in one is used
        } catch (IOException e) {
            throw new IOException("The login screen " + e.getMessage(), e);
        }
    }
}
