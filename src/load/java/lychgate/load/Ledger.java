package lychgate.load;

import lychgate.load.Typist.Line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a game has executed, beside what its {@link Typist}s typed. */
final class Ledger {
    private final List<Typist> typists;
    private final Map<String, List<Line>> typed = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> lives = new HashMap<>(); // of first executions
    private final Map<String, Integer> latest = new HashMap<>();
    private final List<Execution> executions;

    /** That a line was executed. */
    private record Execution(Line line, boolean late, boolean again, boolean wrong) {}

    /**
     * What became of the lines of some time.
     *
     * @param lost that were never executed
     * @param unanswered whose players saw no answer
     * @param late executed for the first time after a later one of their player
     * @param again executions beyond the first
     * @param wrong those of them whose players had seen the answer of an earlier life of the game,
     *     or that were done twice in one life
     * @param p50 time until the answer, in milliseconds
     */
    record Result(
            int typed,
            int lost,
            int unanswered,
            int late,
            int again,
            int wrong,
            double p50,
            double worst) {
        boolean isPerfect() {
            return lost + unanswered + late + wrong == 0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "lines=%d lost=%d unanswered=%d late=%d again=%d wrongly-again=%d p50=%.1fms"
                            + " worst=%.0fms",
                    typed,
                    lost,
                    unanswered,
                    late,
                    again,
                    wrong,
                    p50,
                    worst);
        }
    }

    Ledger(Path file, List<Typist> typists) throws IOException {
        this.typists = typists;
        for (Typist typist : typists) {
            typed.put(typist.name(), typist.lines());
            lives.put(typist.name(), new HashMap<>());
        }
        int[] life = {0};
        executions =
                Files.readAllLines(file).stream()
                        .filter(line -> !begins(line, life))
                        .filter(line -> typed.containsKey(line.split(" ", -1)[0]))
                        .map(line -> executed(line, life[0]))
                        .toList();
    }

    private static boolean begins(String line, int[] life) {
        boolean begins = line.equals(RecordingGame.BEGIN);
        life[0] += begins ? 1 : 0;
        return begins;
    }

    private Execution executed(String recorded, int life) {
        String[] words = recorded.split(" ", -1);
        int number = Integer.parseInt(words[1]);
        Line line = typed.getOrDefault(words[0], List.of()).get(number - 1);
        Integer before = lives.getOrDefault(words[0], new HashMap<>()).putIfAbsent(number, life);
        boolean again = before != null;
        boolean late = !again && number < latest.getOrDefault(words[0], 0);
        boolean wrong = again && (before == life || line.answeredBefore(life));
        latest.merge(words[0], number, Math::max);
        return new Execution(line, late, again, wrong);
    }

    /**
     * What became of the lines of that time: those that were answered in it, and of all others
     * those that were typed in it. What somebody typed who was disconnected does not count from
     * shortly before that on.
     */
    Result between(long from, long to) {
        int then = 0;
        int lost = 0;
        int unanswered = 0;
        long[] nanos = new long[16];
        int answers = 0;
        for (Typist typist : typists) {
            Map<Integer, Integer> executed = lives.getOrDefault(typist.name(), Map.of());
            List<Line> lines = typed.getOrDefault(typist.name(), List.of());
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                if (!isBetween(line, from, to)
                        || (!line.answered() && typist.lostSoonAfter(line))) {
                    continue;
                }
                then++;
                lost += executed.containsKey(i + 1) ? 0 : 1;
                if (line.answered()) {
                    nanos = answers < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * answers);
                    nanos[answers++] = line.nanos();
                } else {
                    unanswered++;
                }
            }
        }
        Arrays.sort(nanos, 0, answers);
        List<Execution> done =
                executions.stream().filter(each -> isBetween(each.line(), from, to)).toList();
        return new Result(
                then,
                lost,
                unanswered,
                (int) done.stream().filter(Execution::late).count(),
                (int) done.stream().filter(Execution::again).count(),
                (int) done.stream().filter(Execution::wrong).count(),
                answers == 0 ? 0 : nanos[answers / 2] / 1e6,
                answers == 0 ? 0 : nanos[answers - 1] / 1e6);
    }

    private static boolean isBetween(Line line, long from, long to) {
        long at = line.answered() ? line.answeredAt() : line.typedAt();
        return at - from >= 0 && at - to < 0;
    }
}
