package lychgate.admin.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** The portal's figures over the last minutes. Any thread may call. */
public final class Trends {
    /** Seconds between two points. */
    public static final int SECONDS = 5;

    /** Points that are kept: ten minutes. */
    static final int POINTS = 120;

    private final Supplier<Figures> figures;
    private final Deque<Point> points = new ArrayDeque<>();
    private Figures before;

    /**
     * The counters at a moment.
     *
     * @param sessions that are open
     * @param lines from and to clients since the start
     * @param refusals since the start
     * @param waits how often work has waited for the game's or the link's thread
     * @param waitSeconds how long in all
     */
    public record Figures(
            double sessions, double lines, double refusals, double waits, double waitSeconds) {}

    /**
     * What happened between two moments.
     *
     * @param lines a second
     * @param refusals a second
     * @param waitMillis how long a command waited, on average
     */
    record Point(double sessions, double lines, double refusals, double waitMillis) {}

    /**
     * @param figures the counters now
     */
    public Trends(Supplier<Figures> figures) {
        this.figures = figures;
        this.before = figures.get();
    }

    /** Adds a point: to be called every {@value #SECONDS} seconds. */
    public synchronized void look() {
        Figures now = figures.get();
        double waits = now.waits - before.waits;
        points.add(
                new Point(
                        now.sessions,
                        (now.lines - before.lines) / SECONDS,
                        (now.refusals - before.refusals) / SECONDS,
                        waits <= 0 ? 0 : 1000 * (now.waitSeconds - before.waitSeconds) / waits));
        before = now;
        if (points.size() > POINTS) {
            points.remove();
        }
    }

    synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
