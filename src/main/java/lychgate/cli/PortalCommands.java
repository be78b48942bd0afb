package lychgate.cli;

import lychgate.admin.AdminSocket;
import lychgate.admin.Answer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The commands that talk to the running portal: each says what it asks, and prints the answer. */
final class PortalCommands {
    private PortalCommands() {}

    /** Adds all of them. */
    static void addTo(CommandLine lychgate) {
        add(lychgate, "status", "Says how the portal is.", new Plain());
        add(lychgate, "sessions", "Lists the sessions.", new Plain());
        add(lychgate, "kick", "Ends a session and tells its player why.", new Kick());
        add(
                lychgate,
                "ban",
                "Lets nobody in from an address or network, and ends their sessions.",
                new OfAddress());
        add(lychgate, "unban", "Lets them in again.", new OfAddress());
        add(lychgate, "bans", "Lists the addresses and networks that are banned.", new Plain());
        add(
                lychgate,
                "reload",
                "Reads the configuration again and restarts the game; sessions stay.",
                new Plain());
        add(lychgate, "say", "Says something to every player.", new Say());
    }

    private static void add(
            CommandLine lychgate, String name, String description, Callable<Integer> command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.usageMessage().description(description);
        lychgate.addSubcommand(name, spec);
    }

    /** What they have in common: where the portal is, and how it answers. */
    static final class RunningPortal {
        @Option(
                names = "--home",
                paramLabel = "DIR",
                description = "Where it was started. Default: where Lychgate is.")
        private @Nullable Path home;

        @Option(
                names = "--var",
                paramLabel = "DIR",
                description = "What it keeps, instead of HOME/var.")
        private @Nullable Path var;

        @Option(names = "--json", description = "Answers in JSON, for scripts.")
        private boolean json;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        /** Asks, and prints what is answered. */
        Integer ask(String... arguments) throws Failure {
            Path folder = HomeOptions.or(var, HomeOptions.usual(home).var());
            Answer answer;
            try {
                answer = AdminSocket.ask(folder, spec.name(), List.of(arguments));
            } catch (AccessDeniedException e) {
                throw new Failure(
                        folder + " is another user's: run this as that user, or as root.", e);
            } catch (IOException e) {
                throw new Failure(
                        "No portal runs on "
                                + folder
                                + ": start one, or say with --home or --var where it runs.",
                        e);
            }
            if (!answer.ok()) {
                throw new Failure(answer.text(), null);
            }
            if (json) {
                spec.commandLine().getOut().println(answer.jsonText());
            } else {
                spec.commandLine().getOut().print(answer.text());
            }
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    /** One to which nothing more is to be said. */
    @Command
    static final class Plain implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Override
        public Integer call() throws Failure {
            return portal.ask();
        }
    }

    /** One about where players come from. */
    @Command
    static final class OfAddress implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "ADDRESS", description = "An address or a network.")
        private String address = "";

        @Override
        public Integer call() throws Failure {
            return portal.ask(address);
        }
    }

    /** The end of one session. */
    @Command
    static final class Kick implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(
                index = "0",
                paramLabel = "ID",
                description = "Its number, from lychgate sessions.")
        private long id;

        @Parameters(
                index = "1..*",
                paramLabel = "REASON",
                arity = "0..*",
                description = "What the player is told.")
        private List<String> reason = List.of();

        @Override
        public Integer call() throws Failure {
            return portal.ask(Long.toString(id), String.join(" ", reason));
        }
    }

    /** Words for everybody. */
    @Command
    static final class Say implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What is said.")
        private List<String> words = List.of();

        @Override
        public Integer call() throws Failure {
            String text = String.join(" ", words);
            if (text.isBlank()) {
                throw new ParameterException(portal.spec.commandLine(), "TEXT is missing");
            }
            return portal.ask(text);
        }
    }
}
