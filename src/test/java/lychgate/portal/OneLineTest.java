package lychgate.portal;

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
    void longTextIsCut() {
        assertEquals("x".repeat(512), OneLine.of("x".repeat(10_000)));
    }
}
