package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashSet;

class FactTest {

    @Test
    void factIsFoundByItsNameWhateverTheCase() {
        assertSame(Fact.WIDTH, Fact.named("WIDTH"));
        assertSame(Fact.UTF8, Fact.named("utf-8"));
        assertNull(Fact.named("SCREENWIDTH"));
    }

    @Test
    void everyFactHasANameOfItsOwn() {
        assertEquals(Fact.ALL.size(), new HashSet<>(Fact.ALL).size());
    }

    @Test
    void factsAreEqualWhenTheirNamesAre() {
        assertEquals(Fact.flag("FOO"), new Fact<>("FOO", String.class));
        assertEquals(Fact.flag("FOO").hashCode(), new Fact<>("FOO", String.class).hashCode());
        assertFalse(Fact.flag("FOO").equals(Fact.flag("foo")));
    }

    @Test
    void depthCoversThoseBelowIt() {
        assertTrue(ColourDepth.TRUECOLOR.covers(ColourDepth.XTERM256));
        assertTrue(ColourDepth.ANSI.covers(ColourDepth.ANSI));
        assertFalse(ColourDepth.NONE.covers(ColourDepth.ANSI));
    }

    @Test
    void depthHasANextLowerOneDownToNone() {
        assertEquals(ColourDepth.XTERM256, ColourDepth.TRUECOLOR.lower());
        assertEquals(ColourDepth.ANSI, ColourDepth.XTERM256.lower());
        assertEquals(ColourDepth.NONE, ColourDepth.ANSI.lower());
        assertEquals(ColourDepth.NONE, ColourDepth.NONE.lower());
    }
}
