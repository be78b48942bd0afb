package lychgate.cli;

import lychgate.admin.Audit;
import lychgate.admin.AuditLog;
import lychgate.admin.Operator;
import lychgate.config.ConfigReader;
import lychgate.keys.Certificate;
import lychgate.keys.HostKey;
import lychgate.keys.SshHostKeys;
import lychgate.keys.TlsKeys;
import lychgate.portal.Home;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code lychgate keys}: the portal's own keys, by which clients recognise it. */
@Command(name = "keys", description = "Lists the portal's own keys, or generates new ones.")
final class KeysCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** The kinds of keys. */
    enum Service {
        SSH,
        TLS;

        Path in(Home home) {
            return switch (this) {
                case SSH -> home.ssh();
                case TLS -> home.tls();
            };
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list or rotate is missing");
    }

    @Command(name = "list", description = "Lists SSH host keys and TLS certificates.")
    int list(@Mixin HomeOptions options) throws Failure {
        Home home = options.home();
        try {
            SshHostKeys.awaitMaking(
                    home.ssh()); // a portal that has just started may be generating them
            for (Service service : Service.values()) {
                print(service, home, "none; generated at the first start, or by: keys rotate");
            }
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    @Command(
            name = "rotate",
            description = "Generates new keys; the old files are kept, but no longer used.")
    int rotate(
            @Mixin HomeOptions options,
            @Parameters(paramLabel = "ssh|tls", description = "Whose keys.") Service service)
            throws Failure {
        Home home = options.home();
        try {
            switch (service) {
                case SSH -> SshHostKeys.rotate(service.in(home), Instant.now());
                case TLS -> TlsKeys.rotate(service.in(home), Instant.now());
            }
            record(service, home);
            print(service, home, "none");
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
        out().println(
                        switch (service) {
                            case SSH ->
                                    "Restart the portal to use them. Players' SSH clients will warn"
                                            + " that the key has changed: tell them the new"
                                            + " fingerprints.";
                            case TLS ->
                                    "A running portal takes it within ten seconds. Players whose"
                                            + " clients know the old certificate will be warned.";
                        });
        return 0;
    }

    /** Where a portal has run, its audit log has this too. */
    private static void record(Service service, Home home) {
        if (Files.isDirectory(home.var())) {
            new AuditLog(home.var(), InstantSource.system(), () -> isJson(home))
                    .record(
                            Operator.ofThisProcess(),
                            "keys rotate " + service.name().toLowerCase(Locale.ROOT),
                            Audit.DONE);
        }
    }

    /** New keys may be what is needed before anything else can be read. */
    private static boolean isJson(Home home) {
        return ConfigReader.readLog(HomeOptions.sources(home.configFile(), Map.of())).json();
    }

    private void print(Service service, Home home, String none) throws IOException {
        Path folder = service.in(home);
        List<String> lines =
                switch (service) {
                    case SSH -> SshHostKeys.list(folder).stream().map(HostKey::toString).toList();
                    case TLS -> certificate(TlsKeys.describe(folder));
                };
        out().println(service + " (" + folder + "):");
        if (lines.isEmpty()) {
            out().println(none);
        }
        lines.forEach(out()::println);
    }

    private static List<String> certificate(@Nullable Certificate certificate) {
        return certificate == null
                ? List.of()
                : List.of(
                        "SHA-256 " + certificate.fingerprint(),
                        "for " + String.join(", ", certificate.names()),
                        "until " + certificate.expires());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
