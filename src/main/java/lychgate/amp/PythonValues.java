package lychgate.amp;

import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Opaque;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Converts objects of Python's standard library to numbers and texts, the text being that of {@code
 * str}. What cannot be converted becomes an {@link Opaque} with its class's name.
 */
final class PythonValues {
    /** Digits of a decimal that can be a double, and exponents: what is beyond stays a text. */
    private static final int MAX_DIGITS = 17;

    private static final int SECONDS_A_DAY = 86_400;
    private static final int MICROS = 1_000_000;

    /** Bytes of a date: year (two), month, day. */
    private static final int DATE = 4;

    /** Bytes of a time: hour, minute, second, microsecond (three). */
    private static final int TIME = 6;

    /** In the first byte of a time, or the month of a date: the second of two equal times. */
    private static final int FOLD = 0x7f;

    private PythonValues() {}

    /** A decimal: a number where that loses nothing, else a text. */
    static Object decimal(List<@Nullable Object> arguments) {
        if (!(first(arguments) instanceof String text)) {
            return new Opaque("decimal.Decimal");
        }
        try {
            if (text.length() > MAX_DIGITS + 2) {
                return text;
            }
            BigDecimal exact = new BigDecimal(text);
            if (exact.scale() == 0) {
                return exact.longValueExact();
            }
            double number = exact.doubleValue();
            return Double.isFinite(number) && BigDecimal.valueOf(number).compareTo(exact) == 0
                    ? (Object) number
                    : text;
        } catch (NumberFormatException | ArithmeticException e) {
            return text; // NaN, Infinity, and what has too many digits
        }
    }

    /** A fraction: {@code 1/2}. */
    static Object fraction(List<@Nullable Object> arguments) {
        if (first(arguments) instanceof String text) {
            return text; // as older releases of Python write it
        }
        return arguments.size() == 2
                        && isWhole(arguments.getFirst())
                        && isWhole(arguments.getLast())
                ? arguments.getFirst() + "/" + arguments.getLast()
                : new Opaque("fractions.Fraction");
    }

    /** {@code 2026-01-31}. */
    static Object date(List<@Nullable Object> arguments) {
        byte[] bytes = bytes(arguments, DATE);
        return bytes == null ? new Opaque("datetime.date") : date(bytes);
    }

    /** {@code 23:59:59.000001}. */
    static Object time(List<@Nullable Object> arguments) {
        byte[] bytes = bytes(arguments, TIME);
        return bytes == null ? new Opaque("datetime.time") : time(bytes, 0) + offset(arguments);
    }

    /** {@code 2026-01-31 23:59:59+01:00}. */
    static Object dateTime(List<@Nullable Object> arguments) {
        byte[] bytes = bytes(arguments, DATE + TIME);
        return bytes == null
                ? new Opaque("datetime.datetime")
                : date(bytes) + " " + time(bytes, DATE) + offset(arguments);
    }

    /** {@code 2 days, 1:00:00}. */
    static Object duration(List<@Nullable Object> arguments) {
        if (arguments.size() == 3
                && arguments.get(0) instanceof Long days
                && arguments.get(1) instanceof Long seconds
                && arguments.get(2) instanceof Long micros
                && seconds >= 0
                && seconds < SECONDS_A_DAY
                && micros >= 0
                && micros < MICROS) {
            String time =
                    String.format(
                            Locale.ROOT,
                            "%d:%02d:%02d",
                            seconds / 3600,
                            seconds / 60 % 60,
                            seconds % 60);
            String whole =
                    days == 0 ? time : days + (Math.abs(days) == 1 ? " day, " : " days, ") + time;
            return micros == 0 ? whole : whole + fraction(micros);
        }
        return new Opaque("datetime.timedelta");
    }

    /** {@code UTC+01:00}. */
    static Object zone(List<@Nullable Object> arguments) {
        if (arguments.size() == 2 && arguments.getLast() instanceof String name) {
            return name;
        }
        String offset = offsetOf(first(arguments));
        if (offset.isEmpty()) {
            return new Opaque("datetime.timezone");
        }
        return offset.equals("+00:00") ? "UTC" : "UTC" + offset;
    }

    /** {@code 00000000-0000-0000-0000-000000000005}. */
    static Object uuid(@Nullable Object number) {
        return switch (number) {
            case Long low when low >= 0 -> new UUID(0, low).toString();
            case BigInteger n when n.signum() > 0 && n.bitLength() <= 128 ->
                    new UUID(n.shiftRight(64).longValue(), n.longValue()).toString();
            case null, default -> new Opaque("uuid.UUID");
        };
    }

    private static String date(byte[] bytes) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff),
                bytes[2] & FOLD,
                bytes[3]);
    }

    private static String time(byte[] bytes, int from) {
        int micros =
                ((bytes[from + 3] & 0xff) << 16)
                        | ((bytes[from + 4] & 0xff) << 8)
                        | (bytes[from + 5] & 0xff);
        String time =
                String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        bytes[from] & FOLD,
                        bytes[from + 1],
                        bytes[from + 2]);
        return micros == 0 ? time : time + fraction(micros);
    }

    private static String fraction(long micros) {
        return String.format(Locale.ROOT, ".%06d", micros);
    }

    /** How far the time is from UTC, where a zone that says so came with it. */
    private static String offset(List<@Nullable Object> arguments) {
        if (arguments.size() < 2 || !(arguments.get(1) instanceof String zone)) {
            return "";
        }
        if (zone.equals("UTC")) {
            return "+00:00";
        }
        return zone.startsWith("UTC") ? zone.substring(3) : "";
    }

    /** The offset that a duration is, {@code +01:00}, from its text. */
    private static String offsetOf(@Nullable Object duration) {
        if (!(duration instanceof String text)) {
            return "";
        }
        boolean west = text.startsWith("-1 day, ");
        String[] parts = text.substring(west ? "-1 day, ".length() : 0).split(":", -1);
        if (parts.length != 3 || !parts[0].matches("[0-9]{1,2}") || !parts[1].matches("[0-9]+")) {
            return "";
        }
        int minutes = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
        int east = west ? 24 * 60 - minutes : minutes;
        return String.format(Locale.ROOT, "%s%02d:%02d", west ? "-" : "+", east / 60, east % 60);
    }

    private static @Nullable Object first(List<@Nullable Object> arguments) {
        return arguments.isEmpty() ? null : arguments.getFirst();
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Long || value instanceof BigInteger;
    }

    private static byte @Nullable [] bytes(List<@Nullable Object> arguments, int length) {
        return first(arguments) instanceof Bytes(byte[] bytes) && bytes.length == length
                ? bytes
                : null;
    }
}
