package lychgate.transport.web.format;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** A whole message of a WebSocket, of one of its two kinds. */
public sealed interface Message {

    /** Text, which is UTF-8 on the wire. */
    record Text(String text) implements Message {
        /** The text of these bytes; null if they are not UTF-8. */
        public static @Nullable Text of(byte[] utf8) {
            try {
                CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
                return new Text(strict.decode(ByteBuffer.wrap(utf8)).toString());
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }

    /** Bytes. */
    record Binary(byte[] bytes) implements Message {
        /** Characters as UTF-8. */
        static Binary utf8(String characters) {
            return new Binary(characters.getBytes(StandardCharsets.UTF_8));
        }
    }
}
