package lychgate.cli;

import lychgate.admin.AdminClient;
import lychgate.admin.AdminClient.Form;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The commands for a running portal: each sends a request and prints the answer. */
final class PortalCommands {
    private PortalCommands() {}

    /** Adds all of them. */
    static void addTo(CommandLine lychgate) {
        add(lychgate, "status", "Shows the portal's status.", new Plain());
        add(lychgate, "sessions", "Lists the sessions.", new Plain());
        add(lychgate, "kick", "Ends a session and tells its player why.", new Kick());
        add(lychgate, "ban", "Bans an address or network and ends its sessions.", new BanCommand());
        add(lychgate, "unban", "Lifts the ban of an address or network.", new OfAddress());
        add(lychgate, "bans", "Lists banned addresses and networks.", new Plain());
        add(
                lychgate,
                "reload",
                "Reads the configuration again and restarts the game; sessions stay.",
                new Reload());
        add(
                lychgate,
                "trace",
                "Shows what a session's wire carries, until interrupted.",
                new Trace());
        add(lychgate, "say", "Sends a message to every player.", new Say());
        add(
                lychgate,
                "drain",
                "Takes no newcomers, and ends the portal when the last player has left.",
                new Drain());
    }

    private static void add(
            CommandLine lychgate, String name, String description, Callable<Integer> command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.usageMessage().description(description);
        lychgate.addSubcommand(name, spec);
    }

    /** Their common options: where the portal is, and the form of the answer. */
    static final class RunningPortal {
        @Option(
                names = "--home",
                paramLabel = "DIR",
                description = "The portal's home folder. Default: where Lychgate is installed.")
        private @Nullable Path home;

        @Option(
                names = "--var",
                paramLabel = "DIR",
                description = "The portal's data folder, instead of HOME/var.")
        private @Nullable Path var;

        @Option(names = "--json", description = "Answers in JSON, for scripts.")
        private boolean json;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        /** Sends the request, to one portal or all, and prints the answer. */
        Integer ask(Realm realm, String... arguments) throws Failure {
            return print(
                    folder ->
                            List.of(
                                    realm.all
                                            ? AdminClient.askAll(
                                                    folder, spec.name(), List.of(arguments), form())
                                            : AdminClient.ask(
                                                    folder,
                                                    spec.name(),
                                                    List.of(arguments),
                                                    form())));
        }

        /** Sends the request and prints the answer. */
        Integer ask(String... arguments) throws Failure {
            return print(
                    folder ->
                            List.of(
                                    AdminClient.ask(
                                            folder, spec.name(), List.of(arguments), form())));
        }

        /** Sends the request and prints all answers as they come. */
        Integer follow(String... arguments) throws Failure {
            return print(
                    folder -> {
                        List<Answer> refused = new ArrayList<>();
                        AdminClient.follow(
                                folder,
                                spec.name(),
                                List.of(arguments),
                                form(),
                                answer -> {
                                    if (answer.ok()) {
                                        print(answer);
                                    } else {
                                        refused.add(answer);
                                    }
                                });
                        return refused;
                    });
        }

        private Form form() {
            return json ? Form.JSON : Form.TEXT;
        }

        /** Asks a portal, and returns what is still to be printed. */
        private interface Question {
            List<Answer> ask(Path folder) throws IOException;
        }

        private Integer print(Question question) throws Failure {
            Path folder = HomeOptions.or(var, HomeOptions.usual(home).var());
            List<Answer> answers;
            try {
                answers = question.ask(folder);
            } catch (AccessDeniedException e) {
                String owner = String.valueOf(e.getReason());
                throw new Failure(
                        "%s belongs to user %s: run this as %s."
                                .formatted(
                                        folder,
                                        owner,
                                        owner.equals("root") ? owner : owner + " or as root"),
                        e);
            } catch (IOException e) {
                throw new Failure(
                        "No portal runs on "
                                + folder
                                + ": start one, or say with --home or --var where it runs.",
                        e);
            }
            for (Answer answer : answers) {
                if (!answer.ok()) {
                    throw new Failure(answer.text(), null);
                }
                print(answer);
                if (!answer.missing().isEmpty()) {
                    throw new Failure(answer.missing(), null);
                }
            }
            return 0;
        }

        private void print(Answer answer) {
            if (json) {
                spec.commandLine().getOut().println(answer.jsonText());
            } else {
                spec.commandLine().getOut().print(answer.text());
            }
            spec.commandLine().getOut().flush();
        }
    }

    /** The option of the commands that may be given to several portals at once. */
    static final class Realm {
        @Option(
                names = "--all",
                description = "To all portals that are connected over NATS, not to this one only.")
        private boolean all;
    }

    /** A command without arguments. */
    @Command
    static final class Plain implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();
        @Mixin private Realm realm = new Realm();

        @Override
        public Integer call() throws Failure {
            return portal.ask(realm);
        }
    }

    /** A command with an address or network. */
    @Command
    static final class OfAddress implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "ADDRESS", description = "An address or a network.")
        private String address = "";

        @Mixin private Realm realm = new Realm();

        @Override
        public Integer call() throws Failure {
            return portal.ask(realm, address);
        }
    }

    /** {@code reload}. */
    @Command
    static final class Reload implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Option(
                names = "--config",
                description =
                        "Reads the configuration, keys, certificates, login screen and log"
                                + " settings only; the game goes on.")
        private boolean onlyConfiguration;

        @Override
        public Integer call() throws Failure {
            return onlyConfiguration ? portal.ask("--config") : portal.ask();
        }
    }

    /** {@code drain}. */
    @Command
    static final class Drain implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Option(
                names = "--timeout",
                paramLabel = "SECONDS",
                description =
                        "Ends the portal after that time, even if players are left. Default: 0,"
                                + " never.")
        private long seconds;

        @Override
        public Integer call() throws Failure {
            return portal.ask(Long.toString(seconds));
        }
    }

    /** {@code kick}. */
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
                description = "The reason the player is told.")
        private List<String> reason = List.of();

        @Mixin private Realm realm = new Realm();

        @Override
        public Integer call() throws Failure {
            return portal.ask(realm, Long.toString(id), String.join(" ", reason));
        }
    }

    /** {@code trace}. */
    @Command
    static final class Trace implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "ID", description = "Its number, from lychgate sessions.")
        private long id;

        @Option(names = "--last", description = "Shows what has been kept, and ends.")
        private boolean last;

        @Override
        public Integer call() throws Failure {
            String number = Long.toString(id);
            return last ? portal.follow(number, "last") : portal.follow(number);
        }
    }

    /** {@code say}. */
    @Command
    static final class Say implements Callable<Integer> {
        @Mixin private RunningPortal portal = new RunningPortal();

        @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The message.")
        private List<String> words = List.of();

        @Mixin private Realm realm = new Realm();

        @Override
        public Integer call() throws Failure {
            String text = String.join(" ", words);
            if (text.isBlank()) {
                throw new ParameterException(portal.spec.commandLine(), "TEXT is missing");
            }
            return portal.ask(realm, text);
        }
    }
}
