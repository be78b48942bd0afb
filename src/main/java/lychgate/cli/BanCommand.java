package lychgate.cli;

import lychgate.address.Cidr;
import lychgate.admin.Ban;
import lychgate.admin.Periods;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code lychgate ban}: asks first where a ban would hit a large part of the internet. */
@Command
final class BanCommand implements Callable<Integer> {
    @Mixin private PortalCommands.RunningPortal portal = new PortalCommands.RunningPortal();

    @Parameters(paramLabel = "ADDRESS", description = "An address or a network.")
    private String address = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long: 30s, 15m, 12h, 7d, 2w. Default: until it is lifted.")
    private @Nullable String time;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "What players are told, and what lychgate bans shows.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Does not ask before banning a very wide network.")
    private boolean yes;

    @Mixin private PortalCommands.Realm realm = new PortalCommands.Realm();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Failure {
        if (time != null && Periods.parse(time) == null) {
            throw new ParameterException(
                    spec.commandLine(), "--for " + time + ": must be " + Periods.FORMS);
        }
        List<String> words = new ArrayList<>(List.of(address));
        Cidr network = Cidr.parse(address);
        if (yes || (network != null && Ban.isWide(network) && isMeant(network))) {
            words.add("--yes");
        }
        if (time != null) {
            words.addAll(List.of("--for", time));
        }
        if (reason != null) {
            words.addAll(List.of("--reason", reason));
        }
        return portal.ask(realm, words.toArray(String[]::new));
    }

    @SuppressWarnings("SystemConsoleNull") // of Java 25 it is null again without a terminal
    private boolean isMeant(Cidr network) throws Failure {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new ParameterException(
                    spec.commandLine(),
                    network + " is a large part of the internet: add --yes if it is meant");
        }
        String answer =
                console.readLine("%s is a large part of the internet. Ban it? [y/N] ", network);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new Failure(network + " is not banned.", null);
        }
        return true;
    }
}
