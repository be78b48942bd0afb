package lychgate.transport.web.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts the number of an output into its message: {@code "n"}, in the keywords at its end. The
 * message is made once for all clients, its number is each client's own.
 */
public final class Numbers {
    private static final int AFTER_KEYWORDS = 2; // }]

    private Numbers() {}

    /**
     * Frames of a v1 message, with a number.
     *
     * @param frames of one message, which must not be changed
     */
    public static List<byte[]> put(long number, List<byte[]> frames) {
        byte[] json = payload(frames);
        int end = json.length - AFTER_KEYWORDS;
        boolean first = json[end - 1] == '{';
        byte[] entry = ((first ? "" : ",") + "\"n\":" + number).getBytes(StandardCharsets.US_ASCII);
        byte[] numbered = new byte[json.length + entry.length];
        System.arraycopy(json, 0, numbered, 0, end);
        System.arraycopy(entry, 0, numbered, end, entry.length);
        System.arraycopy(json, end, numbered, end + entry.length, AFTER_KEYWORDS);
        return Frames.ofText(numbered);
    }

    private static byte[] payload(List<byte[]> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(frames.getFirst().length);
        for (byte[] frame : frames) {
            for (Frames.Frame each : Frames.split(frame)) {
                all.writeBytes(each.bytes());
            }
        }
        return all.toByteArray();
    }
}
