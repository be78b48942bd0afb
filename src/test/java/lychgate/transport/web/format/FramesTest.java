package lychgate.transport.web.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/** The bytes are those of RFC 6455, section 5.7. */
class FramesTest {

    @Test
    void textIsASingleUnmaskedFrame() {
        assertEquals(List.of("810548656c6c6f"), hex(Frames.of(new Message.Text("Hello"))));
    }

    @Test
    void bytesAreABinaryFrameWithTheLengthInTwoBytes() {
        String frame = hex(Frames.of(new Message.Binary(new byte[256]))).getFirst();
        assertEquals("827e0100" + "00".repeat(256), frame);
    }

    @Test
    void emptyMessageIsAnEmptyFrame() {
        assertEquals(List.of("8100"), hex(Frames.of(new Message.Text(""))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 16_379, 16_380, 16_381, 32_760, 200_000})
    void framesOneBehindTheOtherAreTakenApart(int length) {
        byte[] sent = new byte[length];
        for (int i = 0; i < length; i++) {
            sent[i] = (byte) i;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Frames.of(new Message.Text("before")).forEach(joined::writeBytes);
        Frames.of(new Message.Binary(sent)).forEach(joined::writeBytes);

        List<Frames.Frame> frames = Frames.split(joined.toByteArray());
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int i = 1; i < frames.size(); i++) {
            Frames.Frame frame = frames.get(i);
            assertEquals(i == 1 ? 2 : 0, frame.opcode());
            assertEquals(i == frames.size() - 1, frame.last());
            byte[] part = new byte[frame.payload().remaining()];
            frame.payload().get(part);
            payload.writeBytes(part);
        }
        assertArrayEquals(sent, payload.toByteArray());
    }

    private static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(HexFormat.of()::formatHex).toList();
    }
}
