package lychgate.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ESC is written {@code ^}. */
class KeySequencesTest {
    /** Arrows, Home, F1 to F12, Delete, with Ctrl; in application mode; of the Linux console. */
    @ParameterizedTest
    @ValueSource(
            strings = {"^[A", "^[D", "^[H", "^[1;5C", "^[3~", "^[24~", "^[Z", "^OA", "^OP", "^[[A"})
    void keysAreRemoved(String key) {
        assertEquals("look", KeySequences.removed(("lo" + key + "ok").replace('^', '\u001b')));
    }

    @ParameterizedTest
    @CsvSource({"^[31mred", "[A", "^", "a^[", "^]8;;x", "^[1;", "Oh", "^ Oh"})
    void whatNoKeySendsStays(String line) {
        String typed = line.replace('^', '\u001b');
        assertEquals(typed, KeySequences.removed(typed));
    }
}
