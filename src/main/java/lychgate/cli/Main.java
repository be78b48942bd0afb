package lychgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The entry point: {@code lychgate COMMAND}. */
@Command(
        name = "lychgate",
        description = "The front door of text games.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            KeysCommand.class,
            EvenniaCommand.class
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    private Main() {}

    /** Runs a command and ends the process: 0 ok, 1 failure, 2 usage. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command; its exit status. */
    static int run(String[] arguments) {
        settleTls();
        return commandLine().execute(arguments);
    }

    /**
     * Settings of the JDK's TLS that exist only as system properties, read on first use:
     * client-initiated renegotiation is rejected (CVE-2011-1473), and close_notify is answered.
     */
    private static void settleTls() {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        System.setProperty("jdk.tls.acknowledgeCloseNotify", "true");
    }

    /** The command line: for the process, for tests, and for the pages made from it. */
    public static CommandLine commandLine() {
        CommandLine lychgate = new CommandLine(new Main());
        PortalCommands.addTo(lychgate);
        lychgate.setCaseInsensitiveEnumValuesAllowed(true);
        lychgate.setParameterExceptionHandler(new UsageMistakes());
        return lychgate.setExecutionExceptionHandler(
                (exception, command, _) -> {
                    if (!(exception instanceof Failure)) {
                        throw exception;
                    }
                    command.getErr().println(exception.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** A command is required. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version, from the build. */
    static String version() {
        try (InputStream file = Main.class.getResourceAsStream("/lychgate/version.txt")) {
            if (file == null) {
                throw new IllegalStateException("the version is part of the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the version cannot be read", e);
        }
    }

    /** Prints the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Lychgate " + version()};
        }
    }
}
