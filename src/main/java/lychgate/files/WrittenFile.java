package lychgate.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads files that people write: UTF-8 with or without a byte order mark, lines ended in any way,
 * the last one or not. Mistakes are thrown as {@link MistakeInFile}; a missing file, which often is
 * no mistake, as {@link NoSuchFileException}.
 */
public final class WrittenFile {
    /** Maximum size of a text that is read as a whole; sensible ones are far smaller. */
    private static final int MAX_TEXT = 1024 * 1024;

    /** Maximum size of a list of lines: room for ten thousand RSA keys. */
    private static final int MAX_LINES = 8 * 1024 * 1024;

    /** A byte order mark, also one in the middle, where files were put one after the other. */
    private static final Pattern MARK = Pattern.compile("^\ufeff+", Pattern.MULTILINE);

    private static final Pattern LINE_END = Pattern.compile("\r\n?");

    private WrittenFile() {}

    /**
     * A line of a file.
     *
     * @param number from 1
     * @param isText whether it is valid text; if not, replacement characters stand for invalid
     *     bytes
     */
    public record Line(int number, String text, boolean isText) {}

    /** A text that must be valid as a whole; lines end with a line feed. */
    public static String text(Path file) throws IOException {
        byte[] bytes = bytes(file, MAX_TEXT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, text, true);
        text.flip();
        String normal = normal(text.toString());
        if (result.isError()) {
            throw new MistakeInFile(file, lineOfEnd(normal), "is not UTF-8 text: save it as UTF-8");
        }
        int nul = normal.indexOf(0);
        if (nul >= 0) {
            throw new MistakeInFile(
                    file,
                    lineOfEnd(normal.substring(0, nul)),
                    "has a NUL byte, which is no part of a text: take it out");
        }
        return normal;
    }

    /** Independent lines: a mistake in one does not affect the others. */
    public static List<Line> lines(Path file) throws IOException {
        byte[] bytes = bytes(file, MAX_LINES);
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        String replacement = decoder.replacement();
        List<Line> lines = new ArrayList<>();
        for (String text :
                normal(decoder.decode(ByteBuffer.wrap(bytes)).toString()).split("\n", -1)) {
            boolean isText = !text.contains(replacement) && text.indexOf(0) < 0;
            lines.add(new Line(lines.size() + 1, text, isText));
        }
        return lines;
    }

    /** The bytes of a file that declares its own encoding, without a byte order mark. */
    public static byte[] bytes(Path file) throws IOException {
        return bytes(file, MAX_TEXT);
    }

    private static byte[] bytes(Path file, int most) throws IOException {
        byte[] bytes = read(file, most);
        if (isUtf16(bytes)) {
            throw new MistakeInFile(file, 0, "is UTF-16 text: save it as UTF-8");
        }
        boolean marked =
                bytes.length >= 3
                        && bytes[0] == (byte) 0xef
                        && bytes[1] == (byte) 0xbb
                        && bytes[2] == (byte) 0xbf;
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private static byte[] read(Path file, int most) throws IOException {
        byte[] bytes;
        try {
            if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                throw new MistakeInFile(file, 0, "is no regular file: put one there");
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(most + 1);
            }
        } catch (NoSuchFileException | MistakeInFile e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new MistakeInFile(file, 0, "may not be read by this user: chown or chmod it");
        } catch (IOException e) {
            throw new MistakeInFile(file, 0, "cannot be read (" + reason(e) + ")");
        }
        if (bytes.length > most) {
            throw new MistakeInFile(
                    file,
                    0,
                    "is longer than the "
                            + most / 1024
                            + " KiB that are read: is it the right"
                            + " file?");
        }
        return bytes;
    }

    /** Recognises UTF-16 by its byte order mark, or by the zero bytes of Latin letters. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int mark = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        boolean alternates =
                bytes.length >= 4
                        && (bytes[0] == 0) == (bytes[2] == 0)
                        && (bytes[1] == 0) == (bytes[3] == 0)
                        && (bytes[0] == 0) != (bytes[1] == 0);
        return mark == 0xfeff || mark == 0xfffe || alternates;
    }

    private static String normal(String text) {
        return MARK.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
    }

    private static int lineOfEnd(String text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }
}
