package lychgate.transport.web.format;

import java.nio.charset.StandardCharsets;

/** A whole message of a WebSocket, of one of its two kinds. */
public sealed interface Message {

    /** Text, which is UTF-8 on the wire. */
    record Text(String text) implements Message {}

    /** Bytes. */
    record Binary(byte[] bytes) implements Message {
        /** Characters as UTF-8. */
        static Binary utf8(String characters) {
            return new Binary(characters.getBytes(StandardCharsets.UTF_8));
        }
    }
}
