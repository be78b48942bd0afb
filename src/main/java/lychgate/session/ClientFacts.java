package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a client, and who said so. Immutable: adding a fact returns a new object.
 *
 * <p>A later answer replaces an earlier one, whoever gave it: a player who sets the width by hand
 * overrides what the client reported, until the client reports again. Facts beyond {@link
 * #MAX_FACTS} are ignored.
 */
public final class ClientFacts {
    /** Nothing is known yet. */
    public static final ClientFacts NONE = new ClientFacts(List.of());

    /** Columns if the client has not told: what most clients show without a scroll bar. */
    public static final int DEFAULT_WIDTH = 78;

    /** Rows if the client has not told. */
    public static final int DEFAULT_HEIGHT = 45;

    /**
     * Facts of one client, of which some 50 can be known and a game may have set some more. Bounds
     * what is searched for each of them.
     */
    public static final int MAX_FACTS = 256;

    private final List<Known<?>> known;

    private ClientFacts(List<Known<?>> known) {
        this.known = known;
    }

    /**
     * One fact.
     *
     * @param fact what was asked
     * @param value the answer
     * @param source who gave it: an option of the protocol, the game, the player
     * @param <T> type of the answer
     */
    public record Known<T>(Fact<T> fact, T value, String source) {
        @Override
        public String toString() {
            return fact.name() + ": " + value + " (" + source + ")";
        }
    }

    /** Those facts, in that order; a later answer to the same question replaces an earlier one. */
    public static ClientFacts of(List<Known<?>> facts) {
        Map<Fact<?>, Known<?>> latest = new LinkedHashMap<>();
        for (Known<?> one : facts) {
            if (latest.size() < MAX_FACTS || latest.containsKey(one.fact)) {
                latest.put(one.fact, one);
            }
        }
        return latest.isEmpty() ? NONE : new ClientFacts(List.copyOf(latest.values()));
    }

    /** The answer; null if nobody gave one. */
    public <T> @Nullable T get(Fact<T> fact) {
        for (Known<?> one : known) {
            if (one.fact.equals(fact)) {
                return fact.type().cast(one.value);
            }
        }
        return null;
    }

    /** The answer, or a default if nobody gave one. */
    public <T> T get(Fact<T> fact, T otherwise) {
        T value = get(fact);
        return value == null ? otherwise : value;
    }

    /** Whether the answer is yes. */
    public boolean is(Fact<Boolean> fact) {
        return get(fact, false);
    }

    /** Columns of the window, {@link #DEFAULT_WIDTH} where unknown. */
    public int width() {
        return get(Fact.WIDTH, DEFAULT_WIDTH);
    }

    /** Rows of the window, {@link #DEFAULT_HEIGHT} where unknown. */
    public int height() {
        return get(Fact.HEIGHT, DEFAULT_HEIGHT);
    }

    /** The colours that the client shows; 256 if unknown. */
    public ColourDepth colours() {
        return get(Fact.COLOURS, ColourDepth.XTERM256);
    }

    /** These facts with one more; it replaces an older answer to the same question. */
    public <T> ClientFacts with(Fact<T> fact, T value, String source) {
        Known<T> news = new Known<>(fact, fact.type().cast(value), source);
        List<Known<?>> more = new ArrayList<>(known);
        int at = indexOf(fact);
        if (at < 0) {
            if (more.size() >= MAX_FACTS) {
                return this;
            }
            more.add(news);
        } else if (more.get(at).equals(news)) {
            return this;
        } else {
            more.set(at, news);
        }
        return new ClientFacts(List.copyOf(more));
    }

    /** These facts without any answer to that question. */
    public ClientFacts without(Fact<?> fact) {
        int at = indexOf(fact);
        if (at < 0) {
            return this;
        }
        List<Known<?>> fewer = new ArrayList<>(known);
        fewer.remove(at);
        return new ClientFacts(List.copyOf(fewer));
    }

    /** These facts without any answer to those questions. */
    public ClientFacts without(List<Fact<?>> facts) {
        ClientFacts fewer = this;
        for (Fact<?> fact : facts) {
            fewer = fewer.without(fact);
        }
        return fewer;
    }

    /** These facts and the others; where both have an answer, the other one counts. */
    public ClientFacts with(ClientFacts others) {
        ClientFacts all = this;
        for (Known<?> one : others.known) {
            all = all.with(one);
        }
        return all;
    }

    /** The facts that are new or different compared with earlier ones. */
    public ClientFacts newsSince(ClientFacts before) {
        return new ClientFacts(known.stream().filter(one -> !before.known.contains(one)).toList());
    }

    /** The facts that the others have and these do not. */
    public List<Fact<?>> missing(ClientFacts others) {
        return others.known.stream()
                .<Fact<?>>map(Known::fact)
                .filter(fact -> indexOf(fact) < 0)
                .toList();
    }

    /** All facts, in the order in which they arrived: those that are never shown, too. */
    public List<Known<?>> known() {
        return known;
    }

    /** Who gave the answer; null if nobody did. */
    public @Nullable String source(Fact<?> fact) {
        int at = indexOf(fact);
        return at < 0 ? null : known.get(at).source;
    }

    /**
     * All facts that are shown: first those in {@link Fact#ALL}, in its order, then the rest in the
     * order in which they arrived.
     */
    public List<Known<?>> all() {
        List<Known<?>> sorted = new ArrayList<>(known);
        sorted.removeIf(one -> !one.fact.shown());
        sorted.sort((a, b) -> Integer.compare(place(a.fact), place(b.fact))); // a stable sort
        return List.copyOf(sorted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientFacts facts && facts.known.equals(known);
    }

    @Override
    public int hashCode() {
        return known.hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }

    private <T> ClientFacts with(Known<T> one) {
        return with(one.fact, one.value, one.source);
    }

    private int indexOf(Fact<?> fact) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).fact.equals(fact)) {
                return i;
            }
        }
        return -1;
    }

    private static int place(Fact<?> fact) {
        int at = Fact.ALL.indexOf(fact);
        return at < 0 ? Fact.ALL.size() : at;
    }
}
