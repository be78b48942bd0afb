package lychgate.load;

import lychgate.load.Player.Echoes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of an attack.
 *
 * @param backMillis time from the end of the attack until a line typed after it was answered
 * @param exit the portal's exit status; null if it is running
 * @param noted what the attack found as expected
 * @param missed what the attack found not as expected
 * @param slow what the attack found to take too long for an idle machine
 */
record Verdict(
        Row row,
        Echoes rest,
        Echoes during,
        double backMillis,
        @Nullable Integer exit,
        long beforeKib,
        long afterKib,
        long peakKib,
        double sentMbPerSecond,
        List<String> noted,
        List<String> missed,
        List<String> slow) {
    private static final double MAX_P90_RATIO = 20;
    private static final double MAX_P90_MILLIS = 250;
    private static final double MAX_MILLIS = 2_500;
    private static final double MAX_BACK_MILLIS = 1_000;

    /** Misses that count on a busy machine. */
    private static final double MAX_BACK_MILLIS_WHEN_BUSY = 10_000;

    /** All misses, for an idle machine. */
    List<String> misses() {
        List<String> misses = new ArrayList<>(losses(MAX_BACK_MILLIS));
        if (during.within(0.9) > MAX_P90_RATIO * rest.within(0.9)) {
            misses.add("p90 above 20 times that at rest");
        }
        if (during.within(0.9) > MAX_P90_MILLIS) {
            misses.add("p90 above 250 ms");
        }
        if (during.within(1) > MAX_MILLIS) {
            misses.add("max above 2.5 s");
        }
        if (row.memoryMib() > 0 && peakKib - beforeKib > row.memoryMib() * 1024L) {
            misses.add("memory above +" + row.memoryMib() + " MiB");
        }
        misses.addAll(slow);
        return misses;
    }

    /** Misses that count on any machine, however slow. */
    List<String> losses() {
        return losses(MAX_BACK_MILLIS_WHEN_BUSY);
    }

    private List<String> losses(double maxBackMillis) {
        List<String> losses = new ArrayList<>();
        if (exit != null) {
            losses.add("the portal ended with " + exit);
        }
        if (during.answered() < during.millis().length || during.millis().length == 0) {
            losses.add("echoes lost");
        }
        if (backMillis > maxBackMillis) {
            losses.add("back after more than " + maxBackMillis / 1_000 + " s");
        }
        losses.addAll(missed);
        return losses;
    }

    @Override
    public String toString() {
        List<String> misses = misses();
        return String.format(
                Locale.ROOT,
                "%-4s %-44s echoes %s (at rest p50 %.1f p90 %.1f max %.1f), back in %.0f ms, %s,"
                        + " %d -> %d MiB, peak %d, sent %.2f MB/s%s%s",
                misses.isEmpty() ? "PASS" : "MISS",
                row.name(),
                during,
                rest.within(0.5),
                rest.within(0.9),
                rest.within(1),
                backMillis,
                exit == null ? "alive" : "exit " + exit,
                beforeKib / 1024,
                afterKib / 1024,
                peakKib / 1024,
                sentMbPerSecond,
                noted.isEmpty() ? "" : ", " + String.join(", ", noted),
                misses.isEmpty() ? "" : "\n         MISS: " + String.join("; ", misses));
    }

    /** One JSON object. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"row\":%s,\"pass\":%b,\"sent\":%d,\"answered\":%d,\"rest_ms\":%s,"
                        + "\"during_ms\":%s,\"back_ms\":%s,\"exit\":%s,\"before_kib\":%d,"
                        + "\"after_kib\":%d,\"peak_kib\":%d,\"mb_per_second\":%.2f,\"noted\":%s,"
                        + "\"missed\":%s}",
                quoted(row.name()),
                misses().isEmpty(),
                during.millis().length,
                during.answered(),
                json(rest),
                json(during),
                number(backMillis),
                exit,
                beforeKib,
                afterKib,
                peakKib,
                sentMbPerSecond,
                json(noted),
                json(misses()));
    }

    private static String json(Echoes echoes) {
        return String.format(
                Locale.ROOT,
                "{\"p50\":%s,\"p90\":%s,\"max\":%s}",
                number(echoes.within(0.5)),
                number(echoes.within(0.9)),
                number(echoes.within(1)));
    }

    private static String json(List<String> words) {
        return "[" + String.join(",", words.stream().map(Verdict::quoted).toList()) + "]";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "null";
    }

    private static String quoted(String words) {
        return '"' + words.replaceAll("[\"\\\\\\p{Cntrl}]", " ") + '"';
    }
}
