package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void whatIsReadStays() {
        assertEquals("grüße 漢字 |rred", OneLine.of("grüße 漢字 |rred"));
    }

    @Test
    void whatActsOnATerminalIsShownAsItsNumber() {
        assertEquals("a\\x0ab\\x1b[2J\\x202ec", OneLine.of("a\nb\u001b[2J\u202ec"));
    }

    @Test
    void whatIsNotSeenIsShownAsItsNumber() {
        assertEquals(
                "a\\x2028b\\xe0041c\\x3164d\\x200be\\xfefff\\xd83d",
                OneLine.of("a\u2028b\udb40\udc41c\u3164d\u200be\ufefff\ud83d"));
        assertEquals("\ud83d\ude00", OneLine.of("\ud83d\ude00"));
    }

    @Test
    void heapOfMarksIsShownByNumbers() {
        assertEquals(
                "a" + "\u0301".repeat(6) + "\\x301".repeat(4) + "b",
                OneLine.of("a" + "\u0301".repeat(10) + "b"));
    }

    @Test
    void longTextIsCut() {
        assertEquals("x".repeat(512), OneLine.of("x".repeat(10_000)));
    }
}
