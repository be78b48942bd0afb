package lychgate.link.amp;

import lychgate.address.BindFailure;
import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.GameServer;
import lychgate.evennia.wire.LauncherOptions;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.PayloadReader;
import lychgate.evennia.wire.PortalProcess;
import lychgate.evennia.wire.PortalStatus;
import lychgate.evennia.wire.RestartMode;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.link.Orphans;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.link.amp.DroppedMessages.Kind;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The link to an Evennia Server: listens, and is to the Server and to Evennia's launcher what
 * Evennia's Portal is.
 *
 * <p>Whoever connects is nobody until it has shown what it is: a game by asking for the sessions, a
 * launcher by its question or order. There is one game at a time.
 */
public final class AmpLink implements GameLink {
    private static final Logger log = LoggerFactory.getLogger(AmpLink.class);

    static final String TO_SERVER = "MsgPortal2Server";
    static final String ADMIN = "AdminPortal2Server";

    /** What asks the game only to answer: there is no session of that number. */
    private static final Payload NOTHING = new Payload(0, Map.of());

    /** For what is answered and needs nothing more. */
    static final Asked DONE = () -> {};

    private static final String FROM_SERVER = "MsgServer2Portal";
    private static final String ADMIN_FROM_SERVER = "AdminServer2Portal";
    private static final String STATUS = "MsgStatus";
    private static final String LAUNCHER = "MsgLauncher2Portal";

    /**
     * How long the game may talk without answering. Longer, and its parser has gone astray: it
     * happens to Twisted's, and only a new connection mends it.
     */
    static final long ASTRAY_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** How long the game may be silent while it owes an answer. Longer, and it hangs. */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /**
     * How long the game that is there may take to answer when another connection claims to be it.
     * Shorter than {@link AmpLoop#UNPROVEN_NANOS}, until which the other connection is kept.
     */
    static final long CLAIM_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How long the last messages to the game may take when the portal stops. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long an operator who has the game restarted waits: for its end, and for the next. */
    private static final long RESTART_SECONDS =
            TimeUnit.NANOSECONDS.toSeconds(GameLife.STOP_NANOS + GameLife.START_NANOS) + 5;

    private static final long ROOT = 0;

    /** What the time that work waits for the link's thread is counted as. */
    private static final String WAITS = "link";

    private static final String STOPS = "The portal stops.";

    private static final String NOT_BACK = "The game has not come back: its log says why.";

    private final AmpConfig config;
    private final PortalProcess process;
    private final Orphans orphans;
    private final Peers peers;
    private final Set<Long> users;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final GameLife life;
    private final boolean starts;
    private final boolean autostart;
    private final Instant started;
    private volatile @Nullable AmpLoop loop;
    private @Nullable LinkedSessions sessions;
    private volatile @Nullable AmpConnection game;
    private final CompletableFuture<Optional<String>> stopped = new CompletableFuture<>();
    private Map<?, ?> info = Map.of();
    private boolean hadGame;

    /**
     * @param server starts and looks after the game; null where somebody else does
     * @param autostart whether the game is started with the portal
     * @param orphans sessions that a game may believe in and must be told of
     * @param peers says whose processes connect
     */
    public AmpLink(
            AmpConfig config,
            @Nullable GameServer server,
            boolean autostart,
            PortalProcess process,
            Orphans orphans,
            Peers peers,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.config = config;
        this.starts = server != null;
        this.autostart = autostart;
        this.process = process;
        this.orphans = orphans;
        this.peers = peers;
        this.users = users(peers, server);
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.started = clock.instant();
        this.life = new GameLife(server, new Orders());
    }

    /** The users whose processes may be the game, or its launcher. */
    private static Set<Long> users(Peers peers, @Nullable GameServer server) {
        Set<Long> users = new HashSet<>();
        users.add(ROOT);
        peers.self().ifPresent(users::add);
        if (server != null) {
            server.owner().ifPresent(users::add);
        }
        return users;
    }

    // What the portal calls.

    @Override
    public void start(PortalSide portal, List<SessionSync> present) throws IOException {
        LinkedSessions linked = new LinkedSessions(portal, meters, clock, nanoTime);
        present.forEach(linked::connected);
        sessions = linked;
        AmpLoop listening = listen(new Dispatch(portal, linked));
        loop = listening;
        life.open(); // once it is sure that no other portal is there
        listening.start();
    }

    @Override
    public void ready() {
        if (autostart) {
            loop().run(() -> life.start(List.of(), nanoTime.getAsLong()));
        }
    }

    /** The port on which the game is awaited. */
    public int port() {
        return loop().port();
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of("amp", port());
    }

    @Override
    public boolean isInProcess() {
        return false;
    }

    /** Restarts the game; one that is not there is started. */
    @Override
    public long busyNanos() {
        AmpLoop looping = loop;
        return looping == null ? 0 : looping.busyNanos();
    }

    @Override
    public void reload(Supplier<List<SessionSync>> present) throws IOException {
        if (!starts) {
            throw new IOException(
                    "The game is not Lychgate's to start: set evennia.game_dir, or restart it where"
                            + " it was started (evennia reload).");
        }
        CompletableFuture<Optional<String>> failure = new CompletableFuture<>();
        loop().run(() -> life.restart(failure, nanoTime.getAsLong()));
        failure.completeOnTimeout(Optional.of(NOT_BACK), RESTART_SECONDS, TimeUnit.SECONDS);
        String why = failure.applyToEither(stopped, result -> result).join().orElse("");
        if (!why.isEmpty()) {
            throw new IOException(why);
        }
    }

    @Override
    public void stop() {
        stopped.complete(Optional.of(STOPS));
        life.close();
        AmpLoop listening = loop;
        if (listening != null) {
            listening.closeListener();
            awaitFlushed();
            listening.stop();
        }
    }

    @Override
    public State state() {
        LinkedSessions linked = sessions;
        return linked != null && linked.isUp() ? State.UP : State.AWAY;
    }

    @Override
    public long awayNanos() {
        LinkedSessions linked = sessions;
        return linked == null || linked.isUp() ? 0 : nanoTime.getAsLong() - linked.awaySince();
    }

    @Override
    public void connected(SessionSync session) {
        sessions().connected(session);
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        sessions().factsChanged(sessid, facts);
    }

    @Override
    public void settled(long sessid) {
        sessions().settled(sessid);
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        sessions().dataIn(sessid, commands);
    }

    @Override
    public void disconnected(long sessid, String reason) {
        sessions().disconnected(sessid);
    }

    /** Evennia cannot be told to wait for one client. */
    @Override
    public void writable(long sessid, boolean writable) {}

    private AmpLoop listen(AmpLoop.Listener listener) throws IOException {
        InetAddress address = InetAddress.ofLiteral(config.listenAddress());
        if (!address.isLoopbackAddress()) {
            log.warn(
                    "the game's port is open to other machines: whoever reaches it can do anything"
                            + " to the game and its players (docs/security.md)");
        } else if (config.allowRemote()) {
            log.warn(
                    "amp.allow_remote is true: every user of this machine can do anything to the"
                            + " game and its players (docs/security.md)");
        }
        try {
            return new AmpLoop(
                    new InetSocketAddress(address, config.port()),
                    listener,
                    config.allowRemote() ? null : peers,
                    nanoTime);
        } catch (IOException e) {
            throw BindFailure.of(
                    "amp.port", config.port(), e, "free it (does Evennia's own Portal run?)");
        }
    }

    private AmpLoop loop() {
        return Objects.requireNonNull(loop, "not started");
    }

    private LinkedSessions sessions() {
        return Objects.requireNonNull(sessions, "not started");
    }

    private void awaitFlushed() {
        AmpConnection last = game;
        long until = nanoTime.getAsLong() + FAREWELL_NANOS;
        while (last != null && !last.flushed() && nanoTime.getAsLong() - until < 0) {
            last.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    // What comes from the network, on the loop's thread.

    /**
     * A connection that says it is the game while the game has another.
     *
     * @param asked the game's connection, which is to answer
     */
    private record Claim(
            AmpConnection from,
            Ask ask,
            long pid,
            Map<?, ?> about,
            AmpConnection asked,
            long since) {}

    private final class Dispatch implements AmpLoop.Listener {
        private final PortalSide portal;
        private final LinkedSessions linked;
        private final PayloadReader reader = new PayloadReader();
        private final DroppedMessages dropped = new DroppedMessages(meters, nanoTime);
        private final LogThrottle failures = new LogThrottle(nanoTime);
        private final LogThrottle bugs = new LogThrottle(nanoTime);
        private final LogThrottle outwards = new LogThrottle(nanoTime);
        private @Nullable Claim claim;

        Dispatch(PortalSide portal, LinkedSessions linked) {
            this.portal = portal;
            this.linked = linked;
        }

        @Override
        public void round(long nanos) {
            meters.waited(WAITS, nanos);
        }

        /** What fails with one message must not end the link: the next has its own meaning. */
        @Override
        public void received(AmpConnection from, Box box) throws MalformedException {
            try {
                received(from, AmpMessage.of(box), box.isTruncated());
            } catch (MalformedException e) {
                wrong(from, null, Kind.MESSAGE, e);
            } catch (RuntimeException e) {
                noteBug("an answer", e);
            }
        }

        private void received(AmpConnection from, AmpMessage message, boolean isTruncated)
                throws MalformedException {
            if (from.role() == Role.UNPROVEN && !(message instanceof Ask)) {
                throw new MalformedException("an answer of one who was never asked");
            }
            switch (message) {
                case Ask ask when isTruncated ->
                        wrong(from, ask, Kind.LENGTH, new MalformedException("a box is too long"));
                case Ask ask -> asked(from, ask);
                case Answer answer -> answered(from, answer.tag());
                case Failure failure -> {
                    if (answered(from, failure.tag())) {
                        failures.log(
                                others ->
                                        log.warn(
                                                "AMP: the game could not do something: {} {}{}",
                                                oneLine(failure.code()),
                                                oneLine(failure.description()),
                                                others));
                    }
                }
            }
        }

        /**
         * Drops a message that is whole but wrong: one of a game or a launcher is counted and
         * answered, and its connection goes on. A stranger's ends its connection.
         */
        private void wrong(AmpConnection from, @Nullable Ask ask, Kind kind, MalformedException why)
                throws MalformedException {
            if (from.role() == Role.UNPROVEN) {
                throw why;
            }
            String words = String.valueOf(why.getMessage());
            count(from, kind, words);
            if (ask != null) {
                from.fail(ask, AmpMessage.EXCEPTION, "dropped: " + words);
            }
        }

        private void count(AmpConnection from, Kind kind, String why) {
            if (from.role() != Role.UNPROVEN) {
                dropped.count(kind, from.role(), why);
            }
        }

        private void noteBug(String what, RuntimeException e) {
            bugs.log(others -> log.error("AMP: {} could not be handled{}", what, others, e));
        }

        @Override
        public boolean admits(long uid) {
            return users.contains(uid);
        }

        @Override
        public void lost(AmpConnection connection) {
            Claim waiting = claim;
            if (waiting != null && waiting.from == connection) {
                claim = null;
            }
            if (connection == game) {
                game = null;
                info = Map.of();
                linked.lost();
                life.lost(nanoTime.getAsLong());
                takeOver();
            }
        }

        @Override
        public void refused(String reason) {
            meters.refused(reason);
        }

        @Override
        public void tick(long now) {
            life.tick(now);
            Claim waiting = claim;
            if (waiting != null && now - waiting.since >= CLAIM_NANOS) {
                log.warn("AMP connection of the game closed: it did not answer, and came again");
                loop().close(waiting.asked);
            }
            AmpConnection its = game;
            Long since = its == null ? null : its.unansweredSince();
            if (its != null && since != null && hangs(now - since, its.receivedAt() - since)) {
                log.warn("the game does not answer: its link is cut, and it will come again");
                loop().close(its);
            }
        }

        private static boolean hangs(long owes, long talkedFor) {
            return owes > SILENT_NANOS || (owes > ASTRAY_NANOS && talkedFor > ASTRAY_NANOS);
        }

        private void asked(AmpConnection from, Ask ask) throws MalformedException {
            try {
                switch (ask.command()) {
                    case FROM_SERVER -> {
                        if (isOfGame(from, ask)) {
                            PayloadReader.Output output = reader.output(ask);
                            linked.dataOut(output.sessid(), output.commands());
                            from.answer(ask, Box.EMPTY);
                        }
                    }
                    case ADMIN_FROM_SERVER -> administered(from, ask);
                    case STATUS -> {
                        launcher(from);
                        from.answer(ask, Box.EMPTY.with("status", status(from)));
                    }
                    case LAUNCHER -> ordered(from, ask);
                    default -> {
                        from.fail(ask, AmpMessage.UNHANDLED, "Unhandled Command");
                        count(from, Kind.COMMAND, "an unknown command");
                    }
                }
            } catch (MalformedException e) {
                wrong(from, ask, Kind.PAYLOAD, e);
            } catch (RuntimeException e) {
                noteBug(oneLine(ask.command()), e);
                from.fail(ask, AmpMessage.EXCEPTION, "Lychgate could not handle the message");
            }
        }

        /** Whether it was waited for. */
        private boolean answered(AmpConnection from, String tag) throws MalformedException {
            Asked asked = from.answered(tag);
            if (asked == null) {
                MalformedException why =
                        new MalformedException("an answer to what was never asked, or a second");
                wrong(from, null, Kind.ANSWER, why);
                return false;
            }
            asked.answered();
            return true;
        }

        private boolean isOfGame(AmpConnection from, Ask ask) throws MalformedException {
            if (from == game) {
                return true;
            }
            MalformedException why = new MalformedException("a message of one who is not the game");
            wrong(from, ask, Kind.SENDER, why);
            return false;
        }

        private void launcher(AmpConnection from) {
            if (from.role() == Role.UNPROVEN) {
                loop().proven(from, Role.LAUNCHER);
            }
        }

        // The game.

        private void administered(AmpConnection from, Ask ask) throws MalformedException {
            Payload said = from == game ? reader.ofGame(ask) : reader.ofStranger(ask);
            Operation operation = Operation.of(said.kwargs().get("operation"));
            if (operation == Operation.PSYNC) {
                linked(from, ask, said);
                return;
            }
            if (!isOfGame(from, ask)) {
                return;
            }
            if (operation == null) {
                notRecognized(from, ask);
                return;
            }
            from.answer(ask, Box.EMPTY);
            from.flush(); // a game that stops waits for it
            long now = nanoTime.getAsLong();
            switch (operation) {
                case SLOGIN -> linked.changed(said.sessid(), sessionData(said));
                case SSYNC -> {
                    if (!Boolean.FALSE.equals(said.kwargs().get("clean"))) {
                        life.saved(now);
                    }
                    sessionData(said)
                            .forEach(
                                    (id, attributes) -> {
                                        if (id instanceof Long sessid
                                                && attributes instanceof Map<?, ?> map) {
                                            linked.changed(sessid, map);
                                        }
                                    });
                }
                case SDISCONN -> portal.disconnect(said.sessid(), reason(said));
                case SDISCONNALL -> linked.ids().forEach(id -> portal.disconnect(id, reason(said)));
                case SRELOAD -> life.restart(RestartMode.RELOAD, null, now);
                case SRESET -> life.restart(RestartMode.RESET, null, now);
                case SSHUTD -> life.shutDown(false, null, now);
                case PSHUTD -> life.shutDown(true, null, now);
                case SCONN ->
                        outwards.log(
                                others ->
                                        log.warn(
                                                "the game asks for a connection outwards, which"
                                                        + " there is not (docs/bridge.md): {}{}",
                                                oneLine(
                                                        Values.text(
                                                                said.kwargs()
                                                                        .get("protocol_path"))),
                                                others));
                case PCONN, PDISCONN, PSYNC, PCONNSYNC, PDISCONNALL, SSTART ->
                        count(
                                from,
                                Kind.OPERATION,
                                operation + ", which is not the game's to send");
            }
        }

        private void notRecognized(AmpConnection from, Ask ask) {
            from.fail(ask, AmpMessage.EXCEPTION, "operation not recognized.");
            count(from, Kind.OPERATION, "an unknown operation");
        }

        /** A game has come, or says that it has: it is the game if none lives. */
        private void linked(AmpConnection from, Ask ask, Payload said) throws MalformedException {
            if (!(said.kwargs().get("spid") instanceof Long pid)
                    || pid <= 0
                    || !(said.kwargs().get("info_dict") instanceof Map<?, ?> about)) {
                throw new MalformedException("a game that does not say which it is");
            }
            AmpConnection before = game;
            if (before == null) {
                welcome(from, ask, pid, about);
            } else if (before == from) {
                linked.lost();
                welcome(from, ask, pid, about);
            } else if (claim != null || !pid.equals(life.pid())) {
                refuseClaim(from, "a second game, while the first is there");
            } else {
                Claim made = new Claim(from, ask, pid, about, before, nanoTime.getAsLong());
                claim = made;
                before.ask(TO_SERVER, NOTHING.box(), () -> contested(made));
            }
        }

        /** The game that is there has answered, while another connection claims to be it. */
        @SuppressWarnings("ReferenceEquality") // a later claim may be alike
        private void contested(Claim made) {
            if (claim == made) {
                refuseClaim(made.from, "it claims to be the game, which answers elsewhere");
            }
        }

        private void refuseClaim(AmpConnection from, String why) {
            loop().refuse(from, "amp_second_game", why);
        }

        /** The game that was there is gone: who claimed to be it, is. */
        private void takeOver() {
            Claim made = claim;
            claim = null;
            if (made != null) {
                welcome(made.from, made.ask, made.pid, made.about);
            }
        }

        private void welcome(AmpConnection from, Ask ask, Long pid, Map<?, ?> about) {
            loop().proven(from, Role.GAME);
            from.answer(ask, Box.EMPTY);
            boolean same = pid.equals(life.pid());
            RestartMode mode = same ? null : life.mode(); // one that stayed begins nothing
            long now = nanoTime.getAsLong();
            long away = now - linked.awaySince();
            game = from;
            info = about;
            linked.found(
                    from, same, life.wasRestarted(), attributes -> give(from, mode, attributes));
            forget(from);
            life.linked(pid, now);
            log.info(
                    "the game is there: {} {}, process {}, {} sessions",
                    oneLine(Values.text(about.get("servername"))),
                    oneLine(Values.text(about.get("version"))),
                    pid,
                    linked.ids().size());
            if (hadGame) {
                portal.reloaded(away);
            }
            hadGame = true;
            tell(loop().connections(Role.LAUNCHER));
        }

        private void give(
                AmpConnection to,
                @Nullable RestartMode mode,
                Map<Long, Map<String, @Nullable Object>> attributes) {
            Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
            kwargs.put("server_restart_mode", mode == null ? null : mode.text());
            kwargs.put("sessiondata", attributes);
            kwargs.put("portal_start_time", SyncAttributes.seconds(started));
            to.ask(ADMIN, Payload.of(Operation.PSYNC, 0, kwargs).box(), DONE);
        }

        /** Tells the game which sessions ended with the portal that was here before. */
        private void forget(AmpConnection to) {
            List<Long> ids = orphans.ids();
            for (int i = 0; i < ids.size(); i++) {
                Payload payload = Payload.of(Operation.PDISCONN, ids.get(i), Map.of());
                to.ask(ADMIN, payload.box(), i < ids.size() - 1 ? DONE : orphans::gone);
            }
        }

        private static Map<?, ?> sessionData(Payload said) {
            return said.kwargs().get("sessiondata") instanceof Map<?, ?> data ? data : Map.of();
        }

        private static String reason(Payload said) {
            return Values.text(Payload.plain(said.kwargs().get("reason")));
        }

        // The launcher.

        private void ordered(AmpConnection from, Ask ask) throws MalformedException {
            Operation operation = Operation.of(ask.arguments().text("operation"));
            LauncherOptions options = LauncherOptions.of(ask.arguments().get("arguments"));
            if (options == null || from.role() == Role.GAME) {
                MalformedException why = new MalformedException("an order of no launcher");
                wrong(from, ask, Kind.SENDER, why);
                return;
            }
            if (operation == null) {
                if (from.role() == Role.UNPROVEN) {
                    throw new MalformedException("an order that is none");
                }
                notRecognized(from, ask);
                return;
            }
            launcher(from);
            long now = nanoTime.getAsLong();
            switch (operation) {
                case SSTART -> {
                    if (!life.start(options.known(), now)) {
                        from.fail(
                                ask,
                                AmpMessage.EXCEPTION,
                                "Lychgate does not know where the game is: set evennia.game_dir");
                        return;
                    }
                }
                case SRELOAD -> life.restart(RestartMode.RELOAD, from, now);
                case SRESET -> life.restart(RestartMode.RESET, from, now);
                case SSHUTD -> life.shutDown(false, from, now);
                case PSHUTD -> life.shutDown(true, from, now);
                case PCONN,
                        PDISCONN,
                        PSYNC,
                        SLOGIN,
                        SDISCONN,
                        SDISCONNALL,
                        SSYNC,
                        SCONN,
                        PCONNSYNC,
                        PDISCONNALL -> {
                    notRecognized(from, ask);
                    return;
                }
            }
            from.answer(ask, Box.EMPTY);
        }
    }

    /**
     * What a launcher prints. The numbers of processes are for those of whom it is known that they
     * may use the link: the launcher does without them where the game's folder has them.
     */
    private byte[] status(AmpConnection to) {
        return PortalStatus.of(process, to.isOwn(), game != null, life.pid(), info);
    }

    private void tell(List<AmpConnection> launchers) {
        launchers.forEach(each -> each.ask(STATUS, Box.EMPTY.with("status", status(each)), DONE));
    }

    /** What the life of the game needs done. */
    private final class Orders implements GameLife.Actions {
        @Override
        public void order(RestartMode mode) {
            AmpConnection its = game;
            if (its != null) {
                sessions().hold();
                Map<String, Object> kwargs = Map.of("server_restart_mode", mode.text());
                its.ask(ADMIN, Payload.of(mode.operation(), 0, kwargs).box(), DONE);
            }
        }

        @Override
        public void goOn() {
            AmpConnection its = game;
            if (its != null) {
                sessions().goOn(its);
            }
        }

        @Override
        public void tell(List<AmpConnection> launchers) {
            AmpLink.this.tell(launchers);
        }

        @Override
        public void leaveLaunchers() {
            loop().run(() -> loop().connections(Role.LAUNCHER).forEach(this::leave));
        }

        /** Its order has been answered by now. */
        private void leave(AmpConnection launcher) {
            launcher.flush();
            loop().close(launcher);
        }

        @Override
        public void stopPortal() {
            process.stop();
        }

        @Override
        public void later(Runnable task) {
            loop().run(task);
        }
    }

    /** Words from outside, fit for a log. */
    private static String oneLine(String words) {
        String line = words.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
