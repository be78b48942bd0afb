package lychgate.bus;

import lychgate.session.Activity;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.ClientFacts.Known;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.session.TerminalNames;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The state of sessions as bytes. What is outside the closed set of {@link Values}, such as an
 * object of Evennia's that means nothing here, stays behind: no class name is ever written.
 */
final class SessionCodec {
    private static final int FACTS_LEARNED = 1;
    private static final int FACTS_FORGOTTEN = 2;
    private static final int LOGIN = 3;
    private static final int ACTIVITY = 4;
    private static final int BROWSER_KEY = 5;
    private static final int SERVER_DATA = 6;
    private static final int OTHERS = 7;

    /** Changes in one message, of which there are seven kinds. Bounds the time that they take. */
    static final int MAX_CHANGES = 64;

    /** Longest key of a protocol: it names metrics. */
    static final int MAX_PROTOCOL = 32;

    private static final Pattern PROTOCOL =
            Pattern.compile("[A-Za-z0-9_.:-]{1," + MAX_PROTOCOL + "}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** Longest address: that of an outbound session may be a host's name. It is logged. */
    static final int MAX_ADDRESS = 255;

    private static final List<Fact<?>> NEGOTIATED =
            List.of(Fact.TERMINAL_NAMES, Fact.NAWS, Fact.SGA);

    private SessionCodec() {}

    static void session(ByteOutput out, SessionSync sync) {
        out.number(sync.sessid());
        Origin origin = sync.origin();
        out.text(protocol(origin.protocolKey())).text(address(origin.address()));
        optional(out, origin.csessid());
        Claim claim = origin.claim();
        out.flag(claim != null);
        if (claim != null) {
            out.text(claim.account()).flag(claim.proven());
        }
        facts(out, sync.facts());
        login(out, sync.login());
        activity(out, sync.activity());
        table(out, sync.data().serverData());
        table(out, sync.data().others());
    }

    static SessionSync session(ByteInput in) throws MalformedException {
        return new SessionSync(
                sessid(in),
                new Origin(
                        protocol(in),
                        in.line(MAX_ADDRESS),
                        optional(in),
                        in.flag() ? new Claim(in.text(), in.flag()) : null),
                facts(in),
                login(in),
                activity(in),
                new GameData(ValueCodec.table(in), ValueCodec.table(in)));
    }

    /** A plugin may call its protocol as it likes. */
    private static String protocol(String key) {
        if (PROTOCOL.matcher(key).matches()) {
            return key;
        }
        String possible = key.replaceAll("[^A-Za-z0-9_.:-]", "_");
        return possible.isEmpty() ? "_" : cut(possible, MAX_PROTOCOL);
    }

    private static String protocol(ByteInput in) throws MalformedException {
        String key = in.text();
        if (!PROTOCOL.matcher(key).matches()) {
            throw new MalformedException("not the key of a protocol");
        }
        return key;
    }

    private static String address(String address) {
        return cut(CONTROL.matcher(address).replaceAll("_"), MAX_ADDRESS);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    static long sessid(ByteInput in) throws MalformedException {
        long sessid = in.number();
        if (sessid <= 0) {
            throw new MalformedException("not the number of a session");
        }
        return sessid;
    }

    static void facts(ByteOutput out, ClientFacts facts) {
        List<Known<?>> known = facts.known().stream().filter(SessionCodec::isPossible).toList();
        out.number(known.size());
        for (Known<?> one : known) {
            out.text(one.fact().name()).text(one.source());
            ValueCodec.write(out, plain(one.value()));
        }
    }

    static ClientFacts facts(ByteInput in) throws MalformedException {
        int count = factCount(in);
        List<Known<?>> facts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            facts.add(known(fact(in.text()), in.text(), ValueCodec.read(in)));
        }
        return ClientFacts.of(facts);
    }

    private static int factCount(ByteInput in) throws MalformedException {
        int count = in.count();
        if (count > ClientFacts.MAX_FACTS) {
            throw new MalformedException("too many facts of a client");
        }
        return count;
    }

    private static boolean isPossible(Known<?> one) {
        return isPossible(plain(one.value()));
    }

    private static boolean isPossible(@Nullable Object value) {
        try {
            Values.of(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The value of a fact as one of the closed set. */
    private static @Nullable Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case ColourDepth depth -> depth.name();
            case TerminalNames(List<String> names, boolean whole) -> List.of(names, whole);
            default -> value;
        };
    }

    private static Fact<?> fact(String name) {
        Fact<?> known = Fact.named(name);
        if (known != null) {
            return known;
        }
        for (Fact<?> one : NEGOTIATED) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        return Fact.flag(name);
    }

    private static <T> Known<T> known(Fact<T> fact, String source, @Nullable Object plain)
            throws MalformedException {
        Object value =
                switch (plain) {
                    case Long number when fact.type() == Integer.class -> integer(number);
                    case String name when fact.type() == ColourDepth.class -> depth(name);
                    case List<?> parts when fact.type() == TerminalNames.class -> names(parts);
                    case null -> throw new MalformedException("a fact without a value");
                    default -> plain;
                };
        if (!fact.type().isInstance(value)) {
            throw new MalformedException("a fact with a value of another type");
        }
        return new Known<>(fact, fact.type().cast(value), source);
    }

    private static int integer(long number) throws MalformedException {
        if (number != (int) number) {
            throw new MalformedException("a fact with too large a number");
        }
        return (int) number;
    }

    private static ColourDepth depth(String name) throws MalformedException {
        for (ColourDepth depth : ColourDepth.values()) {
            if (depth.name().equals(name)) {
                return depth;
            }
        }
        throw new MalformedException("no depth of colours");
    }

    private static TerminalNames names(List<?> parts) throws MalformedException {
        if (parts.size() == 2
                && parts.get(0) instanceof List<?> names
                && parts.get(1) instanceof Boolean whole
                && names.stream().allMatch(String.class::isInstance)) {
            return new TerminalNames(names.stream().map(String.class::cast).toList(), whole);
        }
        throw new MalformedException("no names of a terminal");
    }

    private static void login(ByteOutput out, Login login) {
        out.flag(login.loggedIn());
        optional(out, login.uid());
        optional(out, login.uname());
        optional(out, login.puid());
    }

    private static Login login(ByteInput in) throws MalformedException {
        return new Login(in.flag(), optionalNumber(in), optional(in), optionalNumber(in));
    }

    private static void activity(ByteOutput out, Activity activity) {
        time(out, activity.connTime());
        time(out, activity.cmdLast());
        time(out, activity.cmdLastVisible());
        out.number(activity.cmdTotal());
    }

    private static Activity activity(ByteInput in) throws MalformedException {
        return new Activity(time(in), time(in), time(in), in.number());
    }

    private static void time(ByteOutput out, Instant time) {
        out.signed(time.getEpochSecond()).number(time.getNano());
    }

    private static Instant time(ByteInput in) throws MalformedException {
        try {
            return Instant.ofEpochSecond(in.signed(), in.number());
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedException("no time");
        }
    }

    static void changes(ByteOutput out, List<SessionChange> changes) {
        out.number(changes.size());
        for (SessionChange change : changes) {
            switch (change) {
                case SessionChange.FactsLearned(ClientFacts facts) ->
                        facts(out.octet(FACTS_LEARNED), facts);
                case SessionChange.FactsForgotten(List<Fact<?>> facts) -> {
                    out.octet(FACTS_FORGOTTEN).number(facts.size());
                    facts.forEach(fact -> out.text(fact.name()));
                }
                case SessionChange.LoginChanged(Login login) -> login(out.octet(LOGIN), login);
                case SessionChange.ActivityChanged(Activity activity) ->
                        activity(out.octet(ACTIVITY), activity);
                case SessionChange.BrowserKeyChanged(String csessid) ->
                        optional(out.octet(BROWSER_KEY), csessid);
                case SessionChange.ServerDataChanged(Map<String, @Nullable Object> data) ->
                        table(out.octet(SERVER_DATA), data);
                case SessionChange.OthersChanged(Map<String, @Nullable Object> others) ->
                        table(out.octet(OTHERS), others);
            }
        }
    }

    static List<SessionChange> changes(ByteInput in) throws MalformedException {
        int count = in.count();
        if (count > MAX_CHANGES) {
            throw new MalformedException("too many changes of a session");
        }
        List<SessionChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(
                    switch (in.octet()) {
                        case FACTS_LEARNED -> new SessionChange.FactsLearned(facts(in));
                        case FACTS_FORGOTTEN -> new SessionChange.FactsForgotten(names(in));
                        case LOGIN -> new SessionChange.LoginChanged(login(in));
                        case ACTIVITY -> new SessionChange.ActivityChanged(activity(in));
                        case BROWSER_KEY -> new SessionChange.BrowserKeyChanged(optional(in));
                        case SERVER_DATA ->
                                new SessionChange.ServerDataChanged(ValueCodec.table(in));
                        case OTHERS -> new SessionChange.OthersChanged(ValueCodec.table(in));
                        default -> throw new MalformedException("a change of an unknown kind");
                    });
        }
        return changes;
    }

    private static List<Fact<?>> names(ByteInput in) throws MalformedException {
        int count = factCount(in);
        List<Fact<?>> facts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            facts.add(fact(in.text()));
        }
        return facts;
    }

    private static void table(ByteOutput out, Map<String, @Nullable Object> table) {
        Map<String, @Nullable Object> possible = new LinkedHashMap<>(table);
        possible.values().removeIf(value -> !isPossible(value));
        ValueCodec.table(out, possible);
    }

    private static void optional(ByteOutput out, @Nullable String text) {
        out.flag(text != null);
        if (text != null) {
            out.text(text);
        }
    }

    private static @Nullable String optional(ByteInput in) throws MalformedException {
        return in.flag() ? in.text() : null;
    }

    private static void optional(ByteOutput out, @Nullable Long number) {
        out.flag(number != null);
        if (number != null) {
            out.signed(number);
        }
    }

    private static @Nullable Long optionalNumber(ByteInput in) throws MalformedException {
        return in.flag() ? in.signed() : null;
    }
}
