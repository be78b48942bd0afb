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
    void playerTextPrintsWhatWasTypedOnce() {
        PlayerText typed = new PlayerText("|r{x");
        assertEquals("|r{x", "" + typed);
        assertEquals("||r{{x", Markup.of("{}", typed).source());
        assertEquals("say: ||r{{x", Markup.of("{}", "say: " + typed).source());
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

    @Test
    void whatIsNullIsShownAsTheWord() {
        assertEquals("null", Markup.of("{}", (Object) null).source());
    }

    @Test
    void anythingElseIsShownAsItsOwnString() {
        assertEquals("5 ||r[a, {{b]", Markup.of("{} {}{}", 5, "|r", List.of("a", "{b")).source());
    }

    @Test
    void literalIsShownAsItStandsAndTrustedActs() {
        assertEquals("||r{{x", Markup.literal("|r{x").source());
        assertEquals("|r{x", Markup.trusted("|r{x").source());
    }

    @Test
    void markupIsPutBehindMarkup() {
        assertEquals("|ra|gb", Markup.of("|ra").plus(Markup.of("|gb")).source());
        assertEquals(Markup.of("a"), Markup.EMPTY.plus(Markup.of("a")).plus(Markup.EMPTY));
        assertEquals(Markup.EMPTY, Markup.join(", ", List.of()));
    }

    @Test
    void markupsAreEqualWhenTheyAreWrittenAlike() {
        assertEquals(Markup.of("a {}", "|"), Markup.trusted("a ||"));
        assertEquals(Markup.of("a").hashCode(), Markup.literal("a").hashCode());
    }

    @Test
    void firstWordKeepsItsCaseAndWhiteSpaceOfAnyKindEndsIt() {
        assertEquals("Say", new PlayerText("\tSay\thello").firstWord());
        assertEquals("hello", new PlayerText("\tSay\thello").rest().typed());
        assertEquals("", new PlayerText("  ").firstWord());
        assertEquals("istanbul", new PlayerText("ISTANBUL").verb());
    }

    @Test
    void blankIsWhatHasNothingButWhiteSpace() {
        assertEquals(true, new PlayerText(" \t ").isBlank());
        assertEquals(false, new PlayerText(" x ").isBlank());
        assertEquals(new PlayerText("x y"), new PlayerText(" x y\t").strip());
    }
}
