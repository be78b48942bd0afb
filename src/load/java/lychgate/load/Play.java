package lychgate.load;

import lychgate.peers.Distribution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Players of a {@link RunningRealm}, who type all the time while one thing happens after the other.
 * Each thing gets a row in the report, with what became of the lines that were typed meanwhile.
 */
final class Play {
    /** How soon everything must be answered again. */
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long REST_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 20;

    private static final String AWAY =
            "The game is away for a moment. What you type is kept, and done when it is back.";

    /** Of whoever types more than the portal holds for a game that is away. */
    private static final String STILL_AWAY =
            "The game is still away: what you type now is read when it is back.";

    private final RunningRealm realm;
    private final long paceNanos;
    private final Map<Typist, Distribution> typists = new LinkedHashMap<>();
    private final Map<String, Long> begun = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    Play(RunningRealm realm, int linesPerSecond) {
        this.realm = realm;
        this.paceNanos = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
    }

    /** Something that happens. */
    interface Event {
        void happens() throws IOException, InterruptedException;
    }

    /** More players connect to a portal, and begin to type. */
    void join(Distribution portal, int players) throws IOException, InterruptedException {
        List<Typist> joining = new ArrayList<>();
        for (int i = 0; i < players; i++) {
            int number = typists.size();
            String from = "127.0.1." + (1 + number % 200);
            Typist typist = new Typist("p" + number, portal.port("telnet"), from, paceNanos);
            typists.put(typist, portal);
            joining.add(typist);
        }
        for (Typist typist : joining) {
            typist.begin();
        }
    }

    /** The players of a portal leave, each when it has all answers. */
    void leave(Distribution portal) throws IOException, InterruptedException {
        List<Typist> leaving = of(portal);
        leaving.forEach(Typist::pause);
        awaitAnswers("leaving", leaving);
        for (Typist typist : leaving) {
            require(!typist.gone(), "a player was disconnected");
            typist.close();
            typists.replace(typist, realm.game()); // has no players: it is of no portal any more
        }
    }

    /** The players who are connected to a portal. */
    private List<Typist> of(Distribution portal) {
        return typists.entrySet().stream()
                .filter(each -> each.getValue().equals(portal))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many players are connected. */
    long players() {
        return typists.keySet().stream().filter(typist -> !typist.gone()).count();
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
        int i = 0;
        for (Typist typist : List.copyOf(typists.keySet()).subList(0, shown.length)) {
            List<String> notices = typist.notices();
            List<String> since = notices.subList(shown[i++], notices.size());
            require(
                    List.of(AWAY, STILL_AWAY).subList(0, Math.min(2, since.size())).equals(since),
                    name + ": players are shown " + since);
        }
    }

    private void begin(String name) {
        begun.put(begun.size() + " " + name, System.nanoTime());
    }

    private void awaitAnswers(String name, List<Typist> of) throws InterruptedException {
        long over = System.nanoTime();
        while (!of.stream().allMatch(each -> each.gone() || each.answeredUntil(over))) {
            if (System.nanoTime() - over > RECOVERY_NANOS) {
                require(false, name + ": not all lines were answered within a minute");
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
        Ledger ledger = new Ledger(realm.record(), List.copyOf(typists.keySet()));
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
