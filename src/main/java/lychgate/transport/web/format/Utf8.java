package lychgate.transport.web.format;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What all formats do with the characters of a message. */
final class Utf8 {
    private Utf8() {}

    /** The characters of a message of either kind; null if they are not UTF-8. */
    static @Nullable String text(Message message) {
        return switch (message) {
            case Message.Text(String text) -> text;
            case Message.Binary(byte[] bytes) -> {
                Message.Text decoded = Message.Text.of(bytes);
                yield decoded == null ? null : decoded.text();
            }
        };
    }

    /** Each line of what was entered at once. The last one needs no end; no characters: Enter. */
    static List<Received> lines(String typed) {
        return typed.isEmpty()
                ? List.of(new Received.Line(""))
                : typed.lines().<Received>map(Received.Line::new).toList();
    }
}
