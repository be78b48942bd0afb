package lychgate.amp;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the arguments of a pickle's opcodes: numbers, texts, lengths. Never reads past the end. Not
 * thread safe.
 */
final class PickleInput {
    /** Longest integer in bytes, about CPython's own limit of 4,300 digits. */
    private static final int MAX_NUMBER_BYTES = 1_786;

    /** Longest number written in digits, as in CPython. */
    private static final int MAX_DIGITS = 4_300;

    private final byte[] bytes;
    private int at;

    PickleInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The integer or boolean of an opcode. */
    Object whole(int code) throws MalformedException {
        return switch (code) {
            case 'I' -> {
                String digits = line();
                yield switch (digits) {
                    case "00" -> false;
                    case "01" -> true;
                    default -> digits(digits);
                };
            }
            case 'L' -> {
                String digits = line();
                yield digits(
                        digits.endsWith("L") ? digits.substring(0, digits.length() - 1) : digits);
            }
            case 'J' -> (long) unsignedBits(4);
            case 'K' -> (long) unsigned(1);
            case 'M' -> (long) unsigned(2);
            default -> {
                int length = length(code);
                if (length > MAX_NUMBER_BYTES) {
                    throw new MalformedException("a pickle with a number that is too long");
                }
                yield littleEndian(take(length));
            }
        };
    }

    private static Object digits(String digits) throws MalformedException {
        if (digits.length() > MAX_DIGITS) {
            throw new MalformedException("a pickle with a number that is too long");
        }
        try {
            return fitted(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw new MalformedException("a pickle with an invalid number");
        }
    }

    private static Object littleEndian(byte[] bytes) {
        if (bytes.length == 0) {
            return 0L;
        }
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return fitted(new BigInteger(reversed));
    }

    private static Object fitted(BigInteger n) {
        return n.bitLength() < Long.SIZE ? (Object) n.longValue() : n;
    }

    /** The floating-point number of an opcode. */
    Object real(int code) throws MalformedException {
        if (code == 'G') {
            byte[] eight = take(8);
            long bits = 0;
            for (byte b : eight) {
                bits = (bits << 8) | (b & 0xff);
            }
            return Double.longBitsToDouble(bits);
        }
        String text = line();
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                try {
                    if (text.length() > MAX_DIGITS) {
                        throw new MalformedException("a pickle with a number that is too long");
                    }
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new MalformedException("a pickle with an invalid number");
                }
            }
        };
    }

    /** The text of an opcode. */
    String text(int code) throws MalformedException {
        return switch (code) {
            case 'S' -> PickleText.quoted(line());
            case 'V' -> PickleText.rawUnicodeEscape(line());
            case 'T', 'U' -> string(code, StandardCharsets.ISO_8859_1);
            default -> string(code, StandardCharsets.UTF_8);
        };
    }

    private String string(int code, Charset charset) throws MalformedException {
        int length = length(code);
        return new String(bytes, skip(length), length, charset);
    }

    /** The length of an opcode's argument. */
    int length(int code) throws MalformedException {
        int width =
                switch (code) {
                    case 'C', 'U', 0x8c, 0x8a -> 1;
                    case 0x8d, 0x8e, 0x96 -> 8;
                    default -> 4;
                };
        return unsigned(width);
    }

    /** A place of the memo, written as a line of digits. */
    int index() throws MalformedException {
        try {
            return Integer.parseInt(line());
        } catch (NumberFormatException e) {
            throw new MalformedException("a pickle with an invalid number");
        }
    }

    /** An unsigned number that fits into an int, as every length and index must. */
    int unsigned(int width) throws MalformedException {
        int from = skip(width);
        long n = 0;
        for (int i = from + width - 1; i >= from; i--) {
            if (n > Integer.MAX_VALUE >> 8) {
                throw new MalformedException("a pickle with a length that is too large");
            }
            n = (n << 8) | (bytes[i] & 0xff);
        }
        return (int) n;
    }

    private int unsignedBits(int width) throws MalformedException {
        int from = skip(width);
        int n = 0;
        for (int i = from + width - 1; i >= from; i--) {
            n = (n << 8) | (bytes[i] & 0xff);
        }
        return n;
    }

    /** The next bytes. */
    byte[] take(int length) throws MalformedException {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** Skips bytes. Returns where they begin. */
    int skip(int length) throws MalformedException {
        if (length > bytes.length - at) {
            throw new MalformedException("a pickle that is cut off");
        }
        int from = at;
        at += length;
        return from;
    }

    /** The rest of the line. */
    String line() throws MalformedException {
        for (int end = at; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
                at = end + 1;
                return line;
            }
        }
        throw new MalformedException("a pickle that is cut off");
    }
}
