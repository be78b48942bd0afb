package lychgate.load;

import lychgate.peers.Distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Players who type all the time while one thing happens after the other. Each thing gets a row in
 * the report, with what became of the lines that were typed meanwhile.
 */
final class Play {
    /** How soon everything must be answered again. */
    static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final long REST_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 20;

    private static final String AWAY =
            "The game is away for a moment. What you type is kept, and done when it is back.";

    static final String LET_GO =
            "The game was out of reach for too long and has let you go; what you typed meanwhile"
                    + " was not done.";

    /** Of whoever types more than the portal holds for a game that is away. */
    private static final String STILL_AWAY =
            "The game is still away: what you type now is read when it is back.";

    private final Path record;
    private final Told told;
    private final long paceNanos;
    private final Map<Typist, Integer> typists = new LinkedHashMap<>(); // the port of each
    private final Map<String, Long> begun = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    /**
     * What passes between a game and its players beside the lines and their answers.
     *
     * @param login what a player types first; empty: nothing
     * @param byGame lines that the game shows of itself
     * @param recovery how soon everything must be answered again
     */
    record Told(UnaryOperator<String> login, Set<String> byGame, Duration recovery) {
        /** By a game that knows nobody, and says nothing. */
        static final Told NOTHING = new Told(_ -> "", Set.of(), RECOVERY);
    }

    /**
     * @param record the file in which the game records what it executes
     */
    Play(Path record, Told told, int linesPerSecond) {
        this.record = record;
        this.told = told;
        this.paceNanos = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
    }

    /** Something that happens. */
    interface Event {
        void happens() throws IOException, InterruptedException;
    }

    /** More players connect to a portal, and begin to type. */
    void join(Distribution portal, int players) throws IOException, InterruptedException {
        join(portal.port("telnet"), players);
    }

    /** The same, at the telnet port of any portal. */
    void join(int port, int players) throws IOException, InterruptedException {
        List<Typist> joining = new ArrayList<>();
        for (int i = 0; i < players; i++) {
            int number = typists.size();
            String from = "127.0.1." + (1 + number % 200);
            Typist typist = new Typist("p" + number, port, from, paceNanos);
            typists.put(typist, port);
            joining.add(typist);
            typist.say(told.login.apply(typist.name()));
        }
        for (Typist typist : joining) {
            typist.begin();
        }
    }

    /** The players of a portal leave, each when it has all answers. */
    void leave(Distribution portal) throws IOException, InterruptedException {
        int port = portal.port("telnet");
        List<Typist> leaving =
                typists.entrySet().stream()
                        .filter(each -> each.getValue() == port)
                        .map(Map.Entry::getKey)
                        .toList();
        leaving.forEach(Typist::pause);
        awaitAnswers("leaving", leaving);
        for (Typist typist : leaving) {
            require(!typist.gone(), "a player was disconnected");
            typist.close();
            typists.replace(typist, 0);
        }
    }

    /** How many players are connected. */
    long players() {
        return typists.keySet().stream().filter(typist -> !typist.gone()).count();
    }

    /** How often somebody has been told that the game is away. */
    long toldAway() {
        return typists.keySet().stream()
                .flatMap(typist -> typist.notices().stream())
                .filter(AWAY::equals)
                .count();
    }

    /** Something happens; then all that was typed meanwhile is waited for. */
    void event(String name, Event event) throws IOException, InterruptedException {
        long before = players();
        int[] shown = typists.keySet().stream().mapToInt(each -> each.notices().size()).toArray();
        begin(name);
        event.happens();
        awaitAnswers(name, List.copyOf(typists.keySet()));
        Thread.sleep(REST_MILLIS);
        System.err.println(name + ": " + before + " players before, " + players() + " after");
        Map<String, Integer> all = new TreeMap<>();
        int i = 0;
        for (Typist typist : List.copyOf(typists.keySet()).subList(0, shown.length)) {
            List<String> notices = typist.notices();
            List<String> since = new ArrayList<>(notices.subList(shown[i++], notices.size()));
            since.forEach(words -> all.merge(words, 1, Integer::sum));
            since.removeAll(told.byGame);
            require(
                    List.of(AWAY, STILL_AWAY).subList(0, Math.min(2, since.size())).equals(since),
                    name + ": players are shown " + since);
        }
        System.err.println(name + ": shown " + all);
    }

    private void begin(String name) {
        begun.put(begun.size() + " " + name, System.nanoTime());
    }

    private void awaitAnswers(String name, List<Typist> of) throws InterruptedException {
        long over = System.nanoTime();
        while (!of.stream().allMatch(each -> each.gone() || each.answeredUntil(over))) {
            if (System.nanoTime() - over > told.recovery.toNanos()) {
                require(false, name + ": lines were not answered within " + told.recovery);
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** All end, and each must be as it should; what is not. */
    Set<String> report(boolean orderly) throws IOException, InterruptedException {
        typists.keySet().forEach(Typist::pause);
        begin("");
        Map<String, Integer> notices = new TreeMap<>();
        for (Typist typist : typists.keySet()) {
            typist.notices().forEach(words -> notices.merge(words, 1, Integer::sum));
            require(
                    typist.gone() || typist.isKept(),
                    "the game has lost what it kept of " + typist.name());
        }
        Ledger ledger = new Ledger(record, List.copyOf(typists.keySet()));
        List<Map.Entry<String, Long>> all = List.copyOf(begun.entrySet());
        for (int i = 0; i + 1 < all.size(); i++) {
            String name = all.get(i).getKey();
            Ledger.Result result = ledger.between(all.get(i).getValue(), all.get(i + 1).getValue());
            System.out.println(String.format(Locale.ROOT, "%-40s %s", name, result));
            require(result.isPerfect() && (!orderly || result.again() == 0), name + ": " + result);
        }
        notices.forEach(
                (words, times) -> System.out.println("shown " + times + " times: " + words));
        return faults;
    }

    void require(boolean so, String otherwise) {
        if (!so) {
            faults.add(otherwise);
        }
    }
}
