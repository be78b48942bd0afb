package lychgate.transport.web.format;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What all formats do with the characters of a message. */
final class Utf8 {
    private Utf8() {}

    /** The characters of a message of either kind; null if they are not UTF-8. */
    static @Nullable String text(Message message) {
        return switch (message) {
            case Message.Text(String text) -> text;
            case Message.Binary(byte[] bytes) -> decoded(bytes);
        };
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Each line of what was entered at once. The last one needs no end; no characters: Enter. */
    static List<Received> lines(String typed) {
        return typed.isEmpty()
                ? List.of(new Received.Line(""))
                : typed.lines().<Received>map(Received.Line::new).toList();
    }
}
