package lychgate.demo;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The game itself: its players and their places, and what happens with a line. */
public final class Gatehouse implements Game {
    private static final Duration TICK = Duration.ofSeconds(10);

    /** How often it is tested whether accounts can be stored. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    /** Players that {@code look} names in a room: more is a crowd. */
    static final int MAX_NAMED = 50;

    private static final Markup PROMPT = Markup.of("> ");
    private static final String GUEST = "guest"; // reserved: no account has such a name
    private static final String PROMPT_KEY = "prompt";
    private static final String ROOM_KEY = "room";

    private final Path accountsFolder;
    private final Banner banner;
    private final List<Room> rooms = Room.world();
    private final FarGate farGate = new FarGate(rooms, this::shards);
    private final Map<String, Player> players = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<ServerSession, Received> received = new HashMap<>();
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Map<String, Command> shortcuts = new HashMap<>();
    private boolean probing;
    private int firstFree = 1; // all guests' numbers below it are in use
    private @Nullable GameHost host;
    private @Nullable Accounts accounts;
    private @Nullable LoginScreen login;

    /**
     * @param accountsFolder where accounts are stored; created if it does not exist
     * @param bannerFile the login screen; if it does not exist, the built-in one is shown
     */
    public Gatehouse(Path accountsFolder, Path bannerFile) {
        this(accountsFolder, new Banner(bannerFile));
    }

    /**
     * With a login screen that can be changed from outside.
     *
     * @param accountsFolder where accounts are stored; created if it does not exist
     */
    public Gatehouse(Path accountsFolder, Banner banner) {
        this.accountsFolder = accountsFolder;
        this.banner = banner;
    }

    @Override
    public void start(GameHost gameHost) throws IOException {
        host = gameHost;
        accounts = Accounts.open(accountsFolder);
        banner.read().run();
        ScreenReader screenReader = new ScreenReader(accounts);
        login = new LoginScreen(this, gameHost, accounts, screenReader, banner);
        new TalkCommands(this).register(this::add);
        new WalkCommands(this).register(this::add);
        new AccountCommands(accounts, screenReader).register(this::add);
        new WorkbenchCommands(this).register(this::add);
        registerVariables(gameHost);
        gameHost.repeatable(
                "time", (session, _) -> session.msg(Message.oob("repeat").arg(Clock.words())));
        gameHost.every(TICK, this::tick);
        gameHost.watch(accounts::trouble);
        gameHost.every(PROBE_INTERVAL, this::probeAccounts);
    }

    @Override
    public void stop() {
        if (accounts != null) {
            accounts.close();
        }
    }

    @Override
    public void greet(ServerSession session) {
        login().greet(session);
    }

    @Override
    public void text(ServerSession session, PlayerText line) {
        Player player = player(session);
        if (player == null) {
            login().text(session, line);
        } else if (!line.isBlank()) {
            act(new Actor(player, session), line);
        }
    }

    @Override
    public void answered(ServerSession session) {
        Object own = session.data(PROMPT_KEY);
        if (own == null) {
            session.msg(Message.prompt(PROMPT));
        } else if (own instanceof String words && !words.isEmpty()) {
            session.msg(Message.prompt(Markup.literal(words)));
        }
    }

    @Override
    public void input(ServerSession session, CommandTuple command) {
        if (!command.is(CommandTuple.TEXT)) {
            received.computeIfAbsent(session, _ -> new Received()).add(command, session.loggedIn());
        }
    }

    @Override
    public void login(ServerSession session, String name, Secret password) {
        login().connect(session, name, password);
    }

    @Override
    public void restored(ServerSession session) {
        String name = session.account();
        if (name != null) {
            Room room = roomOf(session);
            Player player = players.computeIfAbsent(name, n -> new Player(n, room));
            player.sessions().add(session);
        }
    }

    @Override
    public void arrived(ServerSession session) {
        String name = session.account();
        if (name != null && isGuest(name) && players.containsKey(name)) {
            session.login(0, nextGuest()); // here, too, somebody has that name
        }
        restored(session);
        Player player = player(session);
        if (player != null) {
            tellOthers(player, Markup.of("{} comes out of the mist.", player.name()));
            session.msg("You come out of the mist on the other side.");
            show(new Actor(player, session));
            answered(session);
        }
    }

    @Override
    public void closed(ServerSession session) {
        received.remove(session);
        Player player = player(session);
        if (player != null) {
            player.sessions().remove(session);
            if (player.sessions().isEmpty()) {
                remove(player); // others see quitting, but not a lost connection
            }
        }
    }

    private void remove(Player player) {
        String name = player.name();
        players.remove(name);
        if (isGuest(name)) {
            firstFree = Math.min(firstFree, Integer.parseInt(name.substring(GUEST.length())));
        }
    }

    private static boolean isGuest(String name) {
        return name.matches(GUEST + "[0-9]{1,9}");
    }

    private Set<String> shards() {
        return host().shards();
    }

    // For the commands.

    /** The way to the game of another shard. */
    FarGate farGate() {
        return farGate;
    }

    GameHost host() {
        if (host == null) {
            throw new IllegalStateException("the game has not been started");
        }
        return host;
    }

    Collection<Player> players() {
        return players.values();
    }

    @Nullable Player named(String name) {
        return players.get(name);
    }

    Collection<Command> commands() {
        return commands.values();
    }

    /** What a session has recently sent out-of-band, as JSON. */
    List<String> received(ServerSession session) {
        return received.getOrDefault(session, new Received()).texts();
    }

    /** Sets a session's prompt; null for the default, empty for none. */
    void setPrompt(ServerSession session, @Nullable String words) {
        session.data(PROMPT_KEY, words);
    }

    /** An account or a guest enters the game over a session. */
    void enter(ServerSession session, long account, String name) {
        if (session.loggedIn()) {
            session.msg("You are already logged in."); // by an inputfunc, during a password prompt
            return;
        }
        session.login(account, name);
        Player player = players.get(name);
        if (player == null) {
            player = new Player(name, rooms.getFirst());
            players.put(name, player);
            tellOthers(player, Markup.of("{} arrives.", name));
        }
        player.sessions().add(session);
        if (session.client().is(Fact.COMPLETION)) {
            session.msg(Message.oob("commands").args(commands.keySet().toArray()));
        }
        session.msg(
                Markup.of("Welcome, |w{}|n. Type |whelp|n to see what can be done here.", name));
        show(new Actor(player, session));
    }

    /** A player quits. */
    void leave(Actor actor) {
        if (actor.player().sessions().size() == 1) {
            tellOthers(actor.player(), Markup.of("{} leaves.", actor.player().name()));
        }
        actor.session().disconnect(TalkCommands.GOODBYE);
    }

    /** The lowest guest's name that is free. */
    String nextGuest() {
        while (players.containsKey(GUEST + firstFree)) {
            firstFree++; // continues where it left off: does not start over past thousands
        }
        return GUEST + firstFree;
    }

    /** Shows players where they are: as text, and as data for their client. */
    void show(Actor actor) {
        Room room = actor.player().room();
        actor.session().data(ROOM_KEY, room.number());
        actor.session().msg(describe(actor.player()));
        actor.session().msg(Message.of(RoomInfo.of(room, farGate.exits(room))));
        actor.session().changed("ROOM");
    }

    /** Tells everybody else in a player's room. */
    void tellOthers(Player player, Markup words) {
        tellOthers(player, Message.text(words));
    }

    /** Tells everybody else in a player's room. */
    void tellOthers(Player player, Message words) {
        for (Player other : players.values()) {
            if (!other.equals(player) && other.room().equals(player.room())) {
                other.msg(words);
            }
        }
    }

    private void act(Actor actor, PlayerText line) {
        Command command = commands.getOrDefault(line.verb(), shortcuts.get(line.verb()));
        if (command == null) {
            actor.session()
                    .msg(
                            Markup.of(
                                    "There is nothing called {} to do here; |whelp|n lists what"
                                            + " there is.",
                                    line.firstWord()));
        } else {
            command.action().run(actor, line.rest());
        }
    }

    private void add(Command command) {
        commands.put(command.name(), command);
        if (!command.shortcut().isEmpty()) {
            shortcuts.put(command.shortcut(), command);
        }
    }

    private Markup describe(Player player) {
        Room room = player.room();
        List<Markup> lines = new ArrayList<>();
        lines.add(Markup.of("|w{}|n", room.name()));
        lines.add(room.description());
        List<String> ways =
                farGate.exits(room).keySet().stream().map(Room.Direction::word).toList();
        lines.add(Markup.of("Exits: {}", String.join(", ", ways)));
        List<String> others =
                players.values().stream()
                        .filter(other -> !other.equals(player) && other.room().equals(room))
                        .map(Player::name)
                        .limit(MAX_NAMED + 1)
                        .toList();
        if (others.size() > MAX_NAMED) {
            String named = String.join(", ", others.subList(0, MAX_NAMED));
            lines.add(Markup.of("Here: {}, and many more", named));
        } else if (!others.isEmpty()) {
            lines.add(Markup.of("Here: {}", String.join(", ", others)));
        }
        return Markup.join("\n", lines);
    }

    private void tick() {
        for (Player player : players.values()) {
            player.changeHealth(1);
            player.msg(Message.of(CharVitals.of(player)));
        }
    }

    private void probeAccounts() {
        Accounts probed = accounts;
        if (probed != null && !probing) {
            probing =
                    host().blocking(
                                    () -> {
                                        probed.probe();
                                        return probed;
                                    },
                                    _ -> probing = false);
        }
    }

    private void registerVariables(GameHost gameHost) {
        gameHost.variable("SERVER_ID", _ -> gameHost.gameName());
        gameHost.variable("SERVER_TIME", _ -> Clock.words());
        gameHost.variable("CHARACTER_NAME", ServerSession::account);
        gameHost.variable("HEALTH", session -> known(session, Player::health));
        gameHost.variable("HEALTH_MAX", session -> known(session, _ -> Player.MAX_HEALTH));
        gameHost.variable(
                "ROOM",
                session -> known(session, p -> RoomInfo.msdp(p.room(), farGate.exits(p.room()))));
    }

    private @Nullable Object known(
            ServerSession session, java.util.function.Function<Player, Object> value) {
        Player player = player(session);
        return player == null ? null : value.apply(player);
    }

    private @Nullable Player player(ServerSession session) {
        String name = session.account();
        return name == null ? null : players.get(name);
    }

    private Room roomOf(ServerSession session) {
        Object number = session.data(ROOM_KEY);
        return rooms.stream()
                .filter(room -> Long.valueOf(room.number()).equals(number))
                .findFirst()
                .orElse(rooms.getFirst());
    }

    private LoginScreen login() {
        if (login == null) {
            throw new IllegalStateException("the game has not been started");
        }
        return login;
    }
}
