package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class OutputOptionsTest {

    @Test
    void tableIsReadAsClientsAndGamesWriteYesAndNo() {
        OutputOptions options =
                OutputOptions.of(Map.of("raw", true, "nocolor", "off", "ansi", 1L, "echo", false));
        assertEquals(true, options.get(OutputOption.RAW));
        assertEquals(false, options.get(OutputOption.NOCOLOR));
        assertEquals(true, options.get(OutputOption.ANSI));
        assertEquals(false, options.get(OutputOption.ECHO));
        assertNull(options.get(OutputOption.MXP));
    }

    @Test
    void whatIsNoOptionIsLeftOut() {
        Map<String, @Nullable Object> table = new HashMap<>(Map.of("send_prompt", true));
        table.put("raw", null);
        assertEquals(OutputOptions.NONE, OutputOptions.of(table));
    }

    @Test
    void whatIsNoTableHasNoOptions() {
        assertSame(OutputOptions.NONE, OutputOptions.of(null));
        assertSame(OutputOptions.NONE, OutputOptions.of("raw"));
        assertSame(OutputOptions.NONE, OutputOptions.of(List.of("raw")));
        assertSame(OutputOptions.NONE, OutputOptions.of(Map.of()));
    }

    @Test
    void tableThatIsWrittenIsReadTheSame() {
        OutputOptions options =
                OutputOptions.NONE
                        .with(OutputOption.ECHO, false)
                        .with(OutputOption.RAW, true)
                        .with(OutputOption.RAW, false);
        assertEquals(Map.of("raw", false, "echo", false), options.table());
        assertEquals(options, OutputOptions.of(options.table()));
    }

    @Test
    void optionsCannotBeChanged() {
        OutputOptions options = OutputOptions.NONE.with(OutputOption.RAW, true);
        options.with(OutputOption.ECHO, true);
        assertEquals(Map.of(OutputOption.RAW, true), options.said());
        assertThrows(
                UnsupportedOperationException.class,
                () -> options.said().put(OutputOption.ECHO, true));
    }
}
