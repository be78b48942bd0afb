package lychgate.transport.web.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class NumbersTest {
    private static String numbered(String json, long number) {
        StringBuilder all = new StringBuilder();
        for (byte[] frame : Numbers.put(number, Frames.of(new Message.Text(json)))) {
            for (Frames.Frame each : Frames.split(frame)) {
                all.append(StandardCharsets.UTF_8.decode(each.payload()));
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"text\",[\"hé\"],{}] | [\"text\",[\"hé\"],{\"n\":1}]",
                "[\"foo\",[],{\"k\":\"v\"}] | [\"foo\",[],{\"k\":\"v\",\"n\":1}]",
                "[\"foo\",[{}],{\"k\":{}}] | [\"foo\",[{}],{\"k\":{},\"n\":1}]"
            })
    void numberIsTheLastKeyword(String json, String expected) {
        assertEquals(expected, numbered(json, 1));
    }

    @Test
    void longMessageStaysInFragments() {
        String words = "x".repeat(3 * Frames.MAX_PAYLOAD);
        assertEquals(
                "[\"text\",[\"" + words + "\"],{\"n\":1234567890123}]",
                numbered("[\"text\",[\"" + words + "\"],{}]", 1_234_567_890_123L));
        List<byte[]> frames =
                Numbers.put(1, Frames.of(new Message.Text("[\"text\",[\"" + words + "\"],{}]")));
        assertEquals(4, frames.size());
    }
}
