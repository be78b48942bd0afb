package lychgate.cli;

import lychgate.admin.AdminSocket;
import lychgate.admin.Answer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The commands that talk to the running portal: each says what it asks, and prints the answer. */
final class PortalCommands {
    /** All of them. */
    static final Class<?>[] ALL = {
        StatusCommand.class,
        SessionsCommand.class,
        KickCommand.class,
        BanCommand.class,
        UnbanCommand.class,
        BansCommand.class,
        ReloadCommand.class,
        SayCommand.class
    };

    private PortalCommands() {}

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

    @Command(name = "status", description = "Says how the portal is.")
    static final class StatusCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Override
        public Integer call() throws Failure {
            return portal.ask();
        }
    }

    @Command(name = "sessions", description = "Lists the sessions.")
    static final class SessionsCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Override
        public Integer call() throws Failure {
            return portal.ask();
        }
    }

    @Command(name = "kick", description = "Ends a session and tells its player why.")
    static final class KickCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(
                index = "0",
                paramLabel = "ID",
                description = "Its number, from lychgate sessions.")
        private String id = "";

        @Parameters(
                index = "1..*",
                paramLabel = "REASON",
                arity = "0..*",
                description = "What the player is told.")
        private List<String> reason = List.of();

        @Override
        public Integer call() throws Failure {
            return portal.ask(id, String.join(" ", reason));
        }
    }

    @Command(name = "ban", description = "Lets nobody in from there, and ends their sessions.")
    static final class BanCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "ADDRESS", description = "An address or a network.")
        private String address = "";

        @Override
        public Integer call() throws Failure {
            return portal.ask(address);
        }
    }

    @Command(name = "unban", description = "Lets them in again.")
    static final class UnbanCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "ADDRESS", description = "The address or network.")
        private String address = "";

        @Override
        public Integer call() throws Failure {
            return portal.ask(address);
        }
    }

    @Command(name = "bans", description = "Lists the addresses and networks that are banned.")
    static final class BansCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Override
        public Integer call() throws Failure {
            return portal.ask();
        }
    }

    @Command(
            name = "reload",
            description = "Reads the configuration again and restarts the game; sessions stay.")
    static final class ReloadCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Override
        public Integer call() throws Failure {
            return portal.ask();
        }
    }

    @Command(name = "say", description = "Says something to every player.")
    static final class SayCommand implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What is said.")
        private List<String> words = List.of();

        @Override
        public Integer call() throws Failure {
            return portal.ask(String.join(" ", words));
        }
    }
}
