package lychgate.examples.irc;

import lychgate.plugin.Backoff;
import lychgate.plugin.OutboundLink;
import lychgate.plugin.OutboundSession;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A bot in one channel of IRC. It connects again for as long as the game wants it. */
final class IrcBot implements OutboundSession {
    /** Evennia's name of the protocol. */
    static final String PROTOCOL = "ircbot";

    private static final Logger log = LoggerFactory.getLogger(IrcBot.class);

    private final IrcConfig config;
    private final IrcSockets sockets;
    private final Meters meters;
    private final Backoff backoff = new Backoff();
    private final Semaphore wakeUp = new Semaphore(0);
    private final AtomicInteger pings = new AtomicInteger();
    private volatile @Nullable IrcConnection connection;
    private volatile boolean stopped;

    IrcBot(IrcConfig config, boolean verify, Meters meters) {
        this.config = config;
        this.sockets = new IrcSockets(verify);
        this.meters = meters;
    }

    @Override
    public String protocolKey() {
        return PROTOCOL;
    }

    @Override
    public String address() {
        return config.address();
    }

    /** Connects, again and again, on the thread that it is given. */
    @Override
    public void start(OutboundLink game) {
        try {
            while (!stopped) {
                connect(game);
                Duration pause = backoff.next();
                if (!stopped) {
                    log.info("IRC {}: connecting again in {} s", address(), pause.toSeconds());
                    wakeUp.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                    wakeUp.drainPermits(); // however often it was woken, it connects once
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect(OutboundLink game) throws InterruptedException {
        IrcConnection opened = null;
        long begun = System.nanoTime();
        try {
            IrcEvents events = new IrcEvents(config, game, System::nanoTime);
            opened = new IrcConnection(sockets.connect(config), config, events, meters);
            connection = opened;
            if (!stopped) {
                log.info("IRC {}: connected to {}:{}", address(), config.host(), config.port());
                opened.serve();
                log.info("IRC {}: the connection is over", address());
            }
        } catch (IOException e) {
            log.info("IRC {}: {}", address(), String.valueOf(e));
        } finally {
            connection = null;
            if (opened != null) {
                if (opened.isWelcome()) {
                    backoff.ended(Duration.ofNanos(System.nanoTime() - begun));
                }
                opened.end();
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
        wakeUp.release();
        IrcConnection open = connection;
        if (open != null) {
            open.quit();
        }
    }

    /** Ordinary text is not for IRC: the game tells each session a lot. */
    @Override
    public void dataOut(List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            switch (command.name().toLowerCase(Locale.ROOT)) {
                case "channel" -> say(config.channel(), command);
                case "privmsg" -> say(Values.text(command.kwargs().get("user")), command);
                case "request_nicklist" -> with(open -> open.askForNames(config.channel()));
                case "ping" -> with(open -> open.ping("lychgate-" + pings.incrementAndGet()));
                case "reconnect" -> reconnect();
                default -> {}
            }
        }
    }

    private void say(String target, CommandTuple command) {
        IrcConnection open = connection;
        if (open == null || !open.isWelcome()) {
            meters.refused("irc_unsent");
        } else if (IrcConfig.isTarget(target)) {
            for (String line : MarkupToMirc.lines(Values.text(command.argument(0)))) {
                LineSplit.pieces(line).forEach(piece -> open.say(target, piece));
            }
        }
    }

    private void reconnect() {
        backoff.reset();
        with(IrcConnection::close);
        wakeUp.release();
    }

    private void with(Consumer<IrcConnection> task) {
        IrcConnection open = connection;
        if (open != null) {
            task.accept(open);
        }
    }
}
