package lychgate.keys;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options before a key (sshd(8), AUTHORIZED_KEYS FILE FORMAT). An option that restricts or
 * revokes a key is enforced, or the key is disabled; one about something that does not exist here
 * (forwarding, programs) has no effect.
 *
 * @param from the addresses that the key may be used from; null for any
 * @param expires when it expires; null for never
 */
record KeyOptions(@Nullable AddressPatterns from, @Nullable Instant expires) {
    /** No options. */
    static final KeyOptions NONE = new KeyOptions(null, null);

    /** The effect of an option. */
    private enum Effect {
        /** None: it grants or withdraws what does not exist here. */
        NONE,
        /** None, and it has a value. */
        NONE_OF_VALUE,
        FROM,
        EXPIRES,
        /** The key is disabled: it is restricted in a way that cannot be enforced. */
        REFUSES
    }

    /** All options of sshd; docs/ssh.md documents them. */
    private static final Map<String, Effect> EFFECTS =
            Map.ofEntries(
                    Map.entry("agent-forwarding", Effect.NONE),
                    Map.entry("no-agent-forwarding", Effect.NONE),
                    Map.entry("port-forwarding", Effect.NONE),
                    Map.entry("no-port-forwarding", Effect.NONE),
                    Map.entry("x11-forwarding", Effect.NONE),
                    Map.entry("no-x11-forwarding", Effect.NONE),
                    Map.entry("pty", Effect.NONE),
                    Map.entry("no-pty", Effect.NONE), // a terminal shows the same game
                    Map.entry("user-rc", Effect.NONE),
                    Map.entry("no-user-rc", Effect.NONE),
                    Map.entry("restrict", Effect.NONE),
                    Map.entry("no-touch-required", Effect.NONE),
                    Map.entry("no-verify-required", Effect.NONE),
                    Map.entry("environment", Effect.NONE_OF_VALUE),
                    Map.entry("permitlisten", Effect.NONE_OF_VALUE),
                    Map.entry("permitopen", Effect.NONE_OF_VALUE),
                    Map.entry("principals", Effect.NONE_OF_VALUE), // heeded with a CA alone
                    Map.entry("tunnel", Effect.NONE_OF_VALUE),
                    Map.entry("from", Effect.FROM),
                    Map.entry("expiry-time", Effect.EXPIRES),
                    Map.entry("cert-authority", Effect.REFUSES),
                    Map.entry("command", Effect.REFUSES),
                    Map.entry("touch-required", Effect.REFUSES),
                    Map.entry("verify-required", Effect.REFUSES));

    private static final Pattern OPTION =
            Pattern.compile(
                    "([A-Za-z0-9@._-]+)(?:=\"((?:[^\"\\\\]++|\\\\\"|\\\\(?!\"))*+)\")?(?:,(?=.)|$)");

    private static final Pattern TIME =
            Pattern.compile("([0-9]{8})([0-9]{4})?([0-9]{2})?(Z|UTC)?", Pattern.CASE_INSENSITIVE);

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /**
     * Reads the first word of a line.
     *
     * @param zone the time zone of times without one
     * @throws RefusedKey if the key must not log in
     */
    static KeyOptions parse(String text, ZoneId zone) throws RefusedKey {
        KeyOptions options = NONE;
        Matcher found = OPTION.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!found.find(at) || found.start() != at) {
                throw new RefusedKey("its options cannot be read");
            }
            options = options.with(found.group(1), found.group(2), zone);
            at = found.end();
        }
        return options;
    }

    /** Whether the key may be used from that address now. */
    boolean allow(InetAddress address, Instant now) {
        return (from == null || from.fit(address)) && (expires == null || !now.isAfter(expires));
    }

    private KeyOptions with(String name, @Nullable String value, ZoneId zone) throws RefusedKey {
        Effect effect = EFFECTS.get(name.toLowerCase(Locale.ROOT));
        if (effect == null) {
            throw new RefusedKey("the option " + name + " is not known");
        }
        if (effect == Effect.REFUSES) {
            throw new RefusedKey("the option " + name + " cannot be honoured here");
        }
        if ((effect == Effect.NONE) != (value == null)) {
            throw new RefusedKey(
                    "the option " + name + (value == null ? " needs a value" : " has no value"));
        }
        String plain = value == null ? "" : value.replace("\\\"", "\"");
        return switch (effect) {
            case NONE, NONE_OF_VALUE, REFUSES -> this;
            case FROM -> withFrom(AddressPatterns.parse(plain));
            case EXPIRES -> withExpiry(time(plain, zone));
        };
    }

    private KeyOptions withFrom(AddressPatterns patterns) throws RefusedKey {
        if (from != null) {
            throw new RefusedKey("the option from is there twice");
        }
        return new KeyOptions(patterns, expires);
    }

    /** If there are several, the first counts. */
    private KeyOptions withExpiry(Instant time) {
        return expires != null && expires.isBefore(time) ? this : new KeyOptions(from, time);
    }

    /**
     * {@code 20301231}, {@code 203012312359}, {@code 20301231235959}, each with {@code Z} or
     * without.
     */
    private static Instant time(String text, ZoneId zone) throws RefusedKey {
        Matcher found = TIME.matcher(text);
        if (found.matches()) {
            String clock = found.group(2) == null ? "0000" : found.group(2);
            String seconds = found.group(3) == null ? "00" : found.group(3);
            try {
                return LocalDateTime.parse(found.group(1) + clock + seconds, FORMAT)
                        .atZone(found.group(4) == null ? zone : ZoneOffset.UTC)
                        .toInstant();
            } catch (DateTimeException e) {
                // February 30: reported below
            }
        }
        throw new RefusedKey(
                "expiry-time is " + text + ", and must be YYYYMMDD[HHMM[SS]], with Z for UTC");
    }
}
