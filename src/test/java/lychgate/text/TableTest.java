package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.characters.Graphemes;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.text.Table.Align;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Random;

class TableTest {
    private static final ClientFacts WORDS =
            ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.NONE, "test");

    @Test
    void columnsAreAsWideAsTheirCells() {
        assertShown(
                80,
                Table.of("Name", "Idle", "From")
                        .align(1, Align.RIGHT)
                        .row("Anna", "2 min", "the north")
                        .row("Bo", 14, Markup.of("the |rsouth|n")),
                """
                Name   Idle  From
                Anna  2 min  the north
                Bo       14  the south\
                """);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void widthOfACellOfManyColouredLinesIsThatOfTheWidest() {
        assertEquals(6, Cell.of(Markup.of("|rred|n\nwidest\nlast")).width());
        assertEquals(3, Cell.of(Markup.trusted("|rred\n".repeat(100_000))).width());
    }

    @Test
    void wideAndCombiningCharactersAreCountedByTheirColumns() {
        assertShown(
                80,
                Table.of("漢字", "x")
                        .row("e\u0301", 1)
                        .row("ab\u200d", 2)
                        .row("\ud83c\udde9\ud83c\uddea!", 3),
                """
                漢字  x
                e\u0301     1
                ab\u200d    2
                \ud83c\udde9\ud83c\uddea!   3\
                """);
    }

    @Test
    void widestColumnIsMadeNarrowerAndWrapped() {
        assertShown(
                24,
                Table.of("Name", "Says").row("Anna", "that the bell has rung twice").row("Bo", ""),
                """
                Name  Says
                Anna  that the bell has
                      rung twice
                Bo\
                """);
    }

    @Test
    void wordsAreBrokenOnlyIfTheyWouldNotFitOtherwise() {
        assertShown(
                17,
                Table.of("Name", "Says").row("Anna", "onomatopoetically so"),
                """
                Name  Says
                Anna  onomatopoet
                      ically so\
                """);
    }

    /** Three columns of four letters and their gaps take sixteen. */
    @Test
    void rowsBecomeLinesWhereNoTableFits() {
        Table table = Table.of("Name", "Kind", "Where").row("lantern", "lamp", "on a beam");
        assertShown(
                16,
                table,
                """
                Name  Kind  Wher
                            e
                lant  lamp  on a
                ern         beam\
                """);
        assertShown(
                15,
                table,
                """
                Name: lantern,
                Kind: lamp,
                Where: on a
                beam\
                """);
    }

    @Test
    void coloursOfACellEndWithEachLineAndGoOnInTheNext() {
        Table table = Table.of().row(Markup.of("|rred red|n"), "x");
        assertEquals("|rred|n  x\n|rred|n", table.wide(6).source());
        assertEquals("|500a b|n", Table.of().row(Markup.of("|500a b")).wide(9).source());
    }

    @Test
    void cellsAreAligned() {
        assertShown(
                80,
                Table.of("left", "right", "centre")
                        .align(1, Align.RIGHT)
                        .align(2, Align.CENTRE)
                        .row("a", "b", "c"),
                """
                left  right  centre
                a         b    c\
                """);
    }

    @Test
    void cellMayHaveLinesAndTabsAreSpaces() {
        assertShown(
                80,
                Table.of().row("one\ntwo", "a\tb").row("three", "c"),
                "one    a b\ntwo\nthree  c");
    }

    @Test
    void whatAPlayerTypedIsNoMarkup() {
        PlayerText typed = new PlayerText("|rred{x");
        Table table = Table.of("Said").row(typed).row("|n");
        assertShown(80, table, "Said\n|rred{x\n|n");
        assertEquals("Said: |rred{x\nSaid: |n", spoken(table));
    }

    @Test
    void screenReaderIsReadEachRowWithItsHeadings() {
        Table table =
                Table.of("Name", "Idle", "From")
                        .row(Markup.of("|wAnna|n"), "2 min", "the\nnorth")
                        .row("Bo", null, " ");
        assertEquals("Name: Anna, Idle: 2 min, From: the north\nName: Bo", spoken(table));
        assertEquals("say: speaks, aloud", spoken(Table.of().row("say", "speaks", "aloud")));
    }

    @Test
    void clientWithoutLinksSeesAddressesInTheirCell() {
        Table table = Table.of().row(Markup.of("|luhttp://a.b|lthere|le"), "x").row("-", "y");
        assertShown(80, table, "here (http://a.b)  x\n-                  y");
        assertEquals(
                "|luhttp://a.b|lthere|le  x\n-     y",
                table.wide(80).source(),
                "where it is a link");
    }

    @Test
    void moreCellsThanHeadingsAreAMistake() {
        assertThrows(IllegalArgumentException.class, () -> Table.of("a").row(1, 2));
    }

    @Test
    void tableWithoutRowsIsItsHeadings() {
        assertShown(80, Table.of("a", "b"), "a  b");
        assertShown(80, Table.of(), "");
        assertEquals("", spoken(Table.of("a")));
    }

    /** Whatever is in the cells: no line too wide, and every word is there. */
    @Test
    void anyTableFitsItsWindow() {
        Seeded.times(
                2_000,
                random -> {
                    int columns = 8 + random.nextInt(90);
                    int cells = 1 + random.nextInt(4);
                    Table table = random.nextBoolean() ? Table.of() : headed(random, cells);
                    StringBuilder words = new StringBuilder();
                    for (int row = random.nextInt(4); row >= 0; row--) {
                        Object[] content = new Object[cells];
                        for (int i = 0; i < cells; i++) {
                            Markup cell = cell(random);
                            content[i] = cell;
                            words.append(Renderer.render(cell.source(), RenderStyle.PLAIN));
                        }
                        table.row(content);
                    }
                    String shown = shown(table, columns);
                    for (String line : shown.split("\n", -1)) {
                        assertTrue(
                                width(line) <= columns,
                                () ->
                                        "wider than "
                                                + columns
                                                + ": "
                                                + line
                                                + " in "
                                                + table.shownTo(
                                                                WORDS.with(
                                                                        Fact.WIDTH,
                                                                        columns,
                                                                        "test"))
                                                        .source());
                    }
                    for (int c : words.chars().filter(Character::isLetter).toArray()) {
                        assertTrue(shown.indexOf(c) >= 0, () -> (char) c + " not in " + shown);
                    }
                });
    }

    private static Table headed(Random random, int cells) {
        Object[] headings = new Object[cells];
        for (int i = 0; i < cells; i++) {
            headings[i] = cell(random);
        }
        return Table.of(headings);
    }

    private static Markup cell(Random random) {
        List<String> pieces =
                List.of(" ", "a", "bell", "|r", "|n", "漢字", "e\u0301", "x".repeat(20), "||", "\n");
        StringBuilder cell = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            cell.append(pieces.get(random.nextInt(pieces.size())));
        }
        return Markup.trusted(cell.toString());
    }

    private static int width(String line) {
        int width = 0;
        for (int at = 0; at < line.length(); ) {
            int end = Graphemes.end(line, at);
            width += Graphemes.width(line, at, end);
            at = end;
        }
        return width;
    }

    private static void assertShown(int columns, Table table, String expected) {
        assertEquals(expected, shown(table, columns));
    }

    /** As a client without links and colours is shown it. */
    private static String shown(Table table, int columns) {
        ClientFacts client = WORDS.with(Fact.WIDTH, columns, "test");
        return Renderer.render(
                table.shownTo(client).source(), RenderStyle.of(client, OutputOptions.NONE));
    }

    private static String spoken(Table table) {
        ClientFacts client = WORDS.with(Fact.SCREENREADER, true, "test");
        return Renderer.render(
                table.shownTo(client).source(), RenderStyle.of(client, OutputOptions.NONE));
    }
}
