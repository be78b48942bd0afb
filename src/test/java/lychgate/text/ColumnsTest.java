package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;

import org.junit.jupiter.api.Test;

import java.util.List;

class ColumnsTest {
    private static final Columns THINGS =
            Columns.of(List.of("sword", "漢字", Markup.of("|ylamp|n"), "a|b", "rope"));

    @Test
    void listIsReadDownwardsInAsManyColumnsAsFit() {
        assertEquals("sword  |ylamp|n   rope\n漢字   a||b", THINGS.wide(19).source());
        assertEquals("sword  a||b\n漢字   rope\n|ylamp|n", THINGS.wide(18).source());
        assertEquals("sword  漢字   |ylamp|n   a||b    rope", THINGS.wide(200).source());
    }

    @Test
    void narrowWindowHasOneColumn() {
        assertEquals("sword\n漢字\n|ylamp|n\na||b\nrope", THINGS.wide(5).source());
        assertEquals("a long\nitem\nb", Columns.of(List.of("a long item", "b")).wide(8).source());
    }

    @Test
    void emptyListIsEmpty() {
        assertEquals("", Columns.of(List.of()).wide(80).source());
    }

    @Test
    void screenReaderIsReadTheListInOneLine() {
        assertEquals(
                Markup.trusted("sword, 漢字, |ylamp|n, a||b, rope"),
                THINGS.shownTo(ClientFacts.NONE.with(Fact.SCREENREADER, true, "test")));
    }
}
