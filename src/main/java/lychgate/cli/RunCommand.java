package lychgate.cli;

import lychgate.admin.Operator;
import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.portal.Home;
import lychgate.portal.PluginJars;
import lychgate.portal.Portal;
import lychgate.portal.StartException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code lychgate run}: runs the portal until it is stopped. */
@Command(name = "run", description = "Runs the portal in the foreground, until SIGTERM.")
final class RunCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting that beats the environment and the file: telnet.port=4100")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Failure, InterruptedException {
        Hangup hangup = Hangup.handle(); // first: the JVM would end at a signal during the start
        Home home = options.home();
        LogSettings logSettings = LogSettings.begin(home.etc());
        HeldLog log = HeldLog.hold();
        LogThrottle throttle =
                LogThrottle.begin(); // after HeldLog, whose events are not written yet
        try {
            Portal portal = portal(home, logSettings);
            portal.countLogLines(throttle::leftOut);
            LogTailAppender.begin(portal.logTail());
            PrintWriter out = spec.commandLine().getOut();
            AtomicBoolean running = new AtomicBoolean();
            portal.start(
                    line -> {
                        if (running.compareAndSet(false, true)) {
                            stopWithTheProcess(portal, throttle); // who reads this may stop it
                        }
                        out.println(line);
                        out.flush();
                    });
            log.release();
            hangup.begin(
                    () -> portal.commands().run(Operator.SIGNAL, "reload", List.of("--config")),
                    () -> System.exit(0));
            portal.awaitStopOrder(); // a signal ends the process instead
            String refusal = portal.refusal();
            if (refusal != null) {
                throw new Failure(refusal, null);
            }
            return 0;
        } catch (ConfigException | StartException e) {
            log.drop();
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (Failure e) {
            log.drop();
            throw e;
        } finally {
            log.release(); // in case the start ended in another way
            throttle.end();
        }
    }

    /** Of several files and games, an operator wants to see which it is. */
    private static void tellWhatIsUsed(Home home, Configuration configuration) {
        Path file = home.configFile();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        log.info(
                "configuration: {}{}; game: {}",
                file,
                Files.exists(file) ? "" : " (does not exist: the defaults)",
                switch (configuration.game().link()) {
                    case DEMO -> "the demo game";
                    case CLASS ->
                            configuration.game().className() == null
                                    ? "the only one in " + home.plugins()
                                    : configuration.game().className();
                    case AMP ->
                            configuration.evennia().gameDir() == null
                                    ? "an Evennia Server that connects to amp.port"
                                    : "Evennia in " + configuration.evennia().gameDir();
                    case NATS -> "that of shard " + configuration.nats().shard() + ", over NATS";
                });
    }

    private Portal portal(Home home, LogSettings log)
            throws ConfigException, StartException, Failure {
        Portal.Reread reread =
                found -> HomeOptions.read(HomeOptions.sources(home.configFile(), overrides), found);
        PluginJars plugins = PluginJars.find(home.plugins());
        Configuration configuration = reread.read(plugins);
        log.apply(configuration);
        tellWhatIsUsed(home, configuration);
        Portal portal = new Portal(configuration, home, plugins, Main.version(), System.getenv());
        portal.rereads(reread);
        portal.alsoReads(log);
        return portal;
    }

    /**
     * After an orderly stop by a signal the exit status is 0, which the JVM's own would not be; 1
     * if the portal may not go on.
     */
    private static void stopWithTheProcess(Portal portal, LogThrottle throttle) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("lychgate-stop")
                                .unstarted(
                                        () -> {
                                            portal.stop();
                                            throttle.end();
                                            Runtime.getRuntime()
                                                    .halt(portal.refusal() == null ? 0 : 1);
                                        }));
    }
}
