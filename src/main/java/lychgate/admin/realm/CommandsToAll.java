package lychgate.admin.realm;

import lychgate.admin.AllPortals;
import lychgate.admin.Answer;
import lychgate.admin.Commands;
import lychgate.admin.Operator;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.session.Meters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gives a command to all portals of the realm, and puts their answers together. */
public final class CommandsToAll implements AllPortals {
    /** How long a portal may take to answer. */
    static final Duration WITHIN = Duration.ofSeconds(2);

    private final NatsConfig config;
    private final NatsConnection connection;
    private final KnownPortals known;
    private final Commands commands;
    private final Meters meters;

    /**
     * @param commands of this portal
     */
    public CommandsToAll(
            NatsConfig config,
            NatsConnection connection,
            KnownPortals known,
            Commands commands,
            Meters meters) {
        this.config = config;
        this.connection = connection;
        this.known = known;
        this.commands = commands;
        this.meters = meters;
    }

    @Override
    public Answer run(Operator who, String command, List<String> arguments) {
        if (!Order.COMMANDS.contains(command)) {
            return Answer.refused("The command " + command + " is not for all portals.");
        }
        Gathering gathering =
                new Gathering(config, connection, Order.of(who, command, arguments), meters);
        gathering.ask(known.numbers(), WITHIN);
        Answer own = commands.share(command, arguments);
        askNewcomers(gathering);
        Answer all = together(command, arguments, own, gathering);
        List<String> typed = new ArrayList<>(arguments);
        typed.add("--all");
        commands.record(who, command, typed, all);
        return all;
    }

    /** A portal that has just connected has yet to hear the others. */
    private void askNewcomers(Gathering gathering) {
        try {
            Duration wait = known.untilComplete();
            if (wait.isPositive() && connection.isConnected()) {
                Thread.sleep(wait);
                gathering.ask(known.numbers(), WITHIN.minus(wait));
            }
            gathering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // with what has been answered
        }
    }

    private Answer together(
            String command, List<String> arguments, Answer own, Gathering gathering) {
        List<PortalAnswer> answers =
                Stream.concat(
                                Stream.of(PortalAnswer.of(config.portal(), own)),
                                gathering.answers().stream())
                        .sorted((a, b) -> Integer.compare(a.portal(), b.portal()))
                        .toList();
        Answer answer =
                new Together(answers, gathering.silent(), meters).answer(command, arguments);
        return connection.isConnected()
                ? answer
                : answer.without(
                        "Only this portal was reached: it has no connection to "
                                + connection.server()
                                + ".");
    }
}
