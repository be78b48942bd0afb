package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class MarkupTest {

    @Test
    void whatIsPutInIsShownAsItStands() {
        assertEquals(
                "|wAnna|n says: ||rboo",
                Markup.of("|w{}|n says: {}", "Anna", new PlayerText("|rboo")).source());
    }

    @Test
    void markupPutInActs() {
        assertEquals("a |rb|n", Markup.of("a {}", Markup.of("|rb|n")).source());
    }

    @Test
    void placesAndPartsMustMatch() {
        assertThrows(IllegalArgumentException.class, () -> Markup.of("{}", 1, 2));
        assertThrows(IllegalArgumentException.class, () -> Markup.of("{} {}", 1));
    }

    @Test
    void joinedPartsHaveTheSeparatorBetweenThem() {
        assertEquals("a, b", Markup.join(", ", List.of(Markup.of("a"), Markup.of("b"))).source());
    }

    @Test
    void playerTextIsEscapedEvenWhereItIsMadeAStringByMistake() {
        assertEquals("||r{{x", "" + new PlayerText("|r{x"));
    }

    @Test
    void verbAndRestTakeALineApartWithoutChangingTheRest() {
        PlayerText line = new PlayerText(" Say  two  spaces ");
        assertEquals("say", line.verb());
        assertEquals(" two  spaces ", line.rest().typed());
        assertEquals("", new PlayerText("look").rest().typed());
    }

    @Test
    void controlCharactersAndOverridesAreRemoved() {
        assertEquals(
                "a\tb31mcd",
                ControlCharacters.removed(
                        "a\tb\u001b\u009b31m\u0007\u007f\u202ec\n\u2066d", false));
        assertEquals("a\nb", ControlCharacters.removed("a\r\nb", true));
    }

    @Test
    void marksThatOnlyDirectAreKept() {
        assertEquals("\u05d0\u200f!", ControlCharacters.removed("\u05d0\u200f!", false));
    }
}
