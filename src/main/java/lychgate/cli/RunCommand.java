package lychgate.cli;

import lychgate.admin.Operator;
import lychgate.config.ConfigException;
import lychgate.config.ConfigReader;
import lychgate.config.Sources;
import lychgate.portal.Home;
import lychgate.portal.PluginJars;
import lychgate.portal.Portal;
import lychgate.portal.StartException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

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
        Main.configureLogging(home.etc());
        HeldLog log = HeldLog.hold();
        LogThrottle throttle =
                LogThrottle.begin(); // after HeldLog, whose events are not written yet
        try {
            Portal portal = portal(home);
            portal.countLogLines(throttle::leftOut);
            PrintWriter out = spec.commandLine().getOut();
            portal.start(
                    line -> {
                        out.println(line);
                        out.flush();
                    });
            log.release();
            stopWithTheProcess(portal, throttle);
            hangup.begin(
                    () -> portal.commands().run(Operator.SIGNAL, "reload", List.of("--config")),
                    () -> System.exit(0));
            portal.awaitStopOrder(); // a signal ends the process instead
            return 0;
        } catch (ConfigException | StartException e) {
            log.drop();
            throw new Failure(String.valueOf(e.getMessage()), e);
        } finally {
            log.release(); // in case the start ended in another way
            throttle.end();
        }
    }

    private Portal portal(Home home) throws ConfigException, StartException {
        Portal.Reread reread =
                found ->
                        ConfigReader.read(
                                new Sources(home.configFile(), System.getenv(), overrides),
                                found.settings(),
                                found.games());
        PluginJars plugins = PluginJars.find(home.plugins());
        Portal portal =
                new Portal(reread.read(plugins), home, plugins, Main.version(), System.getenv());
        portal.rereads(reread);
        return portal;
    }

    /** After an orderly stop by a signal the exit status is 0, which the JVM's own would not be. */
    private static void stopWithTheProcess(Portal portal, LogThrottle throttle) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("lychgate-stop")
                                .unstarted(
                                        () -> {
                                            portal.stop();
                                            throttle.end();
                                            Runtime.getRuntime().halt(0);
                                        }));
    }
}
