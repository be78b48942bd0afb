package lychgate.cli;

import lychgate.address.Listening;
import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.config.Configuration.Link;
import lychgate.evennia.GamePython;
import lychgate.evennia.ServerPorts;
import lychgate.files.WrittenFile;
import lychgate.keys.AuthorizedKeys;
import lychgate.keys.SshHostKeys;
import lychgate.keys.TlsKeys;
import lychgate.keys.Validity;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.portal.Home;
import lychgate.portal.MsspTable;
import lychgate.portal.StartException;
import lychgate.portal.StartFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at everything that a start reads, and collects the mistakes, which would end it, and the
 * warnings.
 */
final class Inspection {
    private final Home home;
    private final Set<String> mistakes = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    /** One thing to look at. */
    private interface Step {
        void run() throws IOException, ConfigException, StartException, Failure;
    }

    Inspection(Home home) {
        this.home = home;
    }

    /** Looks at everything. */
    void run() {
        attempt(() -> LogSettings.begin(home.etc()));
        List<Configuration> read = new ArrayList<>();
        attempt(() -> read.add(HomeOptions.read(home, home.configFile())));
        attempt(() -> StartFiles.checkBanner(home));
        attempt(() -> StartFiles.checkBans(home));
        Configuration configuration = read.isEmpty() ? null : read.getFirst();
        if (configuration != null) {
            keys(configuration);
            mssp(configuration);
            attempt(() -> evennia(configuration));
            attempt(() -> nats(configuration));
            attempt(() -> StartFiles.checkToken(configuration.admin()));
        }
        attempt(() -> access(configuration));
    }

    /** What would end a start, a line each. */
    Set<String> mistakes() {
        return mistakes;
    }

    /** What should be seen to, a line each. */
    List<String> warnings() {
        return warnings;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | ConfigException | StartException | Failure e) {
            mistakes.add(String.valueOf(e.getMessage()));
        }
    }

    private void keys(Configuration configuration) {
        if (configuration.speaksTls()) {
            attempt(
                    () -> {
                        TlsKeys.check(home.tls());
                        validity(TlsKeys.validity(home.tls()));
                    });
        }
        if (configuration.speaksSsh()) {
            attempt(() -> SshHostKeys.list(home.ssh())); // reading them is the check
            attempt(
                    () -> {
                        AuthorizedKeys.check(home.authorizedKeys());
                        new AuthorizedKeys(home.authorizedKeys()).refresh(); // warns of bad lines
                    });
        }
    }

    private void validity(@Nullable Validity validity) throws IOException {
        Instant now = Instant.now();
        String warning = validity == null ? null : validity.warning(now);
        if (validity != null && warning != null) {
            if (validity.isInvalid(now)) {
                throw new IOException(warning);
            }
            warnings.add(warning);
        }
    }

    /** Fields that the portal fills in, whatever the file says. */
    private void mssp(Configuration configuration) {
        Path file = home.etc().resolve("mssp.toml");
        for (String name : configuration.mssp().keySet()) {
            if (MsspTable.isFilledIn(name)) {
                warnings.add(
                        "%s%s: %s is filled in by the portal: remove it"
                                .formatted(file, line(file, name), name));
            }
        }
    }

    /** Where a key is in a file; nothing if it is not found. */
    private static String line(Path file, String key) {
        Pattern assignment =
                Pattern.compile(
                        "\\s*[\"']?" + Pattern.quote(key) + "[\"']?\\s*=.*",
                        Pattern.CASE_INSENSITIVE);
        try {
            for (WrittenFile.Line line : WrittenFile.lines(file)) {
                if (assignment.matcher(line.text()).matches()) {
                    return ", line " + line.number();
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    /** The ports that the game's own Server listens on, according to its settings. */
    private void evennia(Configuration configuration) throws IOException {
        Path game = configuration.evennia().gameDir();
        if (configuration.game().link() != Link.AMP || game == null) {
            return;
        }
        GamePython.requireGame(game);
        Path named = configuration.evennia().python();
        GamePython python = GamePython.find(named, game, System.getenv());
        if (python == null) {
            warnings.add(
                    "no Python with Evennia is found for "
                            + game
                            + ": set evennia.python, so that the Server can be started");
            return;
        }
        Map<Integer, String> ports = ServerPorts.of(python, game);
        for (Listening own : configuration.listening()) {
            String setting = ports.get(own.port());
            if (setting != null) {
                mistakes.add(
                        "%s: %s = %d: Evennia's Server listens there (%s): choose another"
                                .formatted(home.configFile(), own.key(), own.port(), setting));
            }
        }
    }

    private static void nats(Configuration configuration) throws IOException {
        if (configuration.speaksNats()) {
            NatsConnection.check(configuration.nats());
        }
    }

    /** Root may read anything: what counts is who will run the portal. */
    private void access(@Nullable Configuration configuration) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        Access access = Access.ofOwner(List.of(home.etc(), home.var()));
        List<Path> files = new ArrayList<>();
        for (String name : List.of("lychgate.toml", "mssp.toml", "banner.txt", "logback.xml")) {
            files.add(home.etc().resolve(name));
        }
        files.add(home.var().resolve("bans"));
        if (configuration == null || configuration.speaksTls()) {
            files.add(home.tls().resolve("server.key"));
            files.add(home.tls().resolve("server.crt"));
        }
        if (configuration == null || configuration.speaksSsh()) {
            files.add(home.ssh().resolve("ssh_host_ed25519_key"));
            files.add(home.ssh().resolve("ssh_host_rsa_key"));
            files.add(home.authorizedKeys());
        }
        Path token = configuration == null ? null : configuration.admin().tokenFile();
        if (configuration != null && configuration.admin().enabled() && token != null) {
            files.add(token);
        }
        if (configuration != null && configuration.speaksNats()) {
            NatsConfig nats = configuration.nats();
            Stream.of(nats.credentials(), nats.ca()).filter(Objects::nonNull).forEach(files::add);
        }
        for (Path file : files) {
            attempt(() -> access.require(file));
        }
    }
}
