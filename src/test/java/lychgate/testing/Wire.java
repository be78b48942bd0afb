package lychgate.testing;

import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.Verb;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes written as people read them: {@code IAC DO NAWS 'hello' CR LF 07 ff}. Names of options are
 * those of {@link Telnet}; text stands in single quotes, other bytes as two hex digits.
 */
public final class Wire {
    private static final Pattern TOKEN = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Map<String, Integer> NAMES = names();

    private Wire() {}

    /** The bytes that the words stand for. */
    public static byte[] bytes(String words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher token = TOKEN.matcher(words);
        while (token.find()) {
            if (token.group(1) != null) {
                out.writeBytes(token.group(1).getBytes(StandardCharsets.UTF_8));
            } else if (NAMES.containsKey(token.group(2))) {
                out.write(NAMES.get(token.group(2)));
            } else {
                out.write(Integer.parseInt(token.group(2), 16));
            }
        }
        return out.toByteArray();
    }

    /** The words for what came over a connection: commands by name, text in quotes. */
    public static String words(byte[] bytes) {
        StringBuilder words = new StringBuilder();
        TelnetDecoder decoder = new TelnetDecoder(0);
        java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(bytes);
        for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
            words.append(words.isEmpty() ? "" : " ").append(words(event));
        }
        return words.toString();
    }

    /** The words for one event. */
    public static String words(TelnetEvent event) {
        return switch (event) {
            case TelnetEvent.Data(byte[] bytes) -> text(bytes);
            case TelnetEvent.Command(int code) -> "IAC " + name(code);
            case TelnetEvent.Negotiation(Verb verb, int option) ->
                    "IAC " + verb + " " + option(option);
            case TelnetEvent.Subnegotiation(int option, byte[] payload) ->
                    ("IAC SB " + option(option) + " " + text(payload)).strip() + " IAC SE";
            case TelnetEvent.Malformed(String kind) -> "malformed:" + kind;
        };
    }

    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (byte b : bytes) {
            boolean readable = b >= ' ' && b < 127 && b != '\'';
            if (readable != quoted) {
                text.append(quoted ? "'" : text.isEmpty() ? "'" : " '");
                quoted = readable;
            }
            if (readable) {
                text.append((char) b);
            } else {
                text.append(text.isEmpty() ? "" : " ");
                text.append(b == '\r' ? "CR" : b == '\n' ? "LF" : String.format("%02x", b & 0xff));
            }
        }
        return text.append(quoted ? "'" : "").toString();
    }

    private static String name(int code) {
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(String.format("%02x", code));
    }

    private static String option(int code) {
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue() == code && !e.getKey().equals("CR"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(String.format("%02x", code));
    }

    private static Map<String, Integer> names() {
        Map<String, Integer> names = new HashMap<>();
        try {
            for (Field field : Telnet.class.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers())) {
                    names.put(field.getName(), field.getInt(null));
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        names.put("CR", (int) '\r');
        names.put("LF", (int) '\n');
        names.put("NUL", 0);
        names.put("ESC", 0x1b);
        return names;
    }
}
