package lychgate.admin.realm;

import lychgate.admin.AdminClient.Form;
import lychgate.admin.AllPortals;
import lychgate.admin.Answer;
import lychgate.admin.Commands;
import lychgate.admin.Operator;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.session.Meters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/** Gives a command to all portals of the realm, and puts their answers together. */
public final class CommandsToAll implements AllPortals {
    /** How long a portal may take to say that it has the command. */
    static final Duration WITHIN = Duration.ofSeconds(2);

    private static final String SESSIONS = "sessions";

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
    public Answer run(Operator who, String command, List<String> arguments, Form form) {
        if (!Order.COMMANDS.contains(command)) {
            return Answer.refused("The command " + command + " is not for all portals.");
        }
        long deadline = System.nanoTime() + WITHIN.toNanos();
        Gathering gathering = gathering(who, command, arguments);
        gathering.ask(known.numbers(), WITHIN);
        List<PortalAnswer> answers = new ArrayList<>();
        answers.add(own(command, arguments));
        try {
            askNewcomers(gathering, deadline);
            if (command.equals(SESSIONS)) {
                answers.addAll(ofSilent(gathering, who, deadline));
            }
            gathering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // with what has been answered
        }
        answers.addAll(gathering.answers());
        Answer all = together(command, arguments, form, answers, gathering);
        List<String> typed = new ArrayList<>(arguments);
        typed.add("--all");
        commands.record(who, command, typed, all);
        return all;
    }

    private Gathering gathering(Operator who, String command, List<String> arguments) {
        return new Gathering(config, connection, Order.of(who, command, arguments), meters);
    }

    private PortalAnswer own(String command, List<String> arguments) {
        return PortalAnswer.of(config.portal(), commands.share(command, arguments));
    }

    /** A portal that has just connected has yet to hear the others. */
    private void askNewcomers(Gathering gathering, long deadline) throws InterruptedException {
        Duration wait = known.untilComplete();
        if (wait.isPositive() && connection.isConnected()) {
            Thread.sleep(wait);
            gathering.ask(known.numbers(), until(deadline));
        }
    }

    /**
     * The sessions of portals that are silent when half of the time is over, as those list them
     * that serve their game. All of them list only their own before: each session travels once.
     */
    private List<PortalAnswer> ofSilent(Gathering gathering, Operator who, long deadline)
            throws InterruptedException {
        gathering.awaitSigns(until(deadline).dividedBy(2));
        SortedSet<Integer> silent = gathering.silent();
        if (silent.isEmpty()) {
            return List.of();
        }
        List<String> whose = silent.stream().map(String::valueOf).toList();
        Gathering second = gathering(who, SESSIONS, whose);
        SortedSet<Integer> others = known.numbers();
        others.removeAll(silent);
        second.ask(others, until(deadline));
        List<PortalAnswer> answers = new ArrayList<>();
        answers.add(own(SESSIONS, whose));
        second.await();
        answers.addAll(second.answers());
        return answers;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private Answer together(
            String command,
            List<String> arguments,
            Form form,
            List<PortalAnswer> answers,
            Gathering gathering) {
        List<PortalAnswer> inOrder =
                answers.stream().sorted(Comparator.comparingInt(PortalAnswer::portal)).toList();
        Answer answer =
                new Together(inOrder, gathering.silent(), gathering.unfinished(), meters)
                        .answer(command, arguments, form);
        return connection.isConnected()
                ? answer
                : answer.without(
                        "Only this portal was reached: it has no connection to "
                                + connection.server()
                                + ".");
    }
}
