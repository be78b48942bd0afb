package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.characters.Graphemes;
import lychgate.session.ColourDepth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Line ends are written {@code /} in what is expected, ESC {@code ^}. */
class WrappingTest {
    private static final RenderStyle TERMINAL =
            new RenderStyle(ColourDepth.XTERM256, false, false, new LinkStyle(false, true, true));
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b\\[[0-9;]*m|\u001b]8;;[^\u001b]*\u001b\\\\");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "10 -> The bell rings and rings. -> The bell/rings and/rings.",
                "10 -> abcde fghi jkl -> abcde fghi/jkl", // exactly ten
                "10 -> abcde fghij -> abcde/fghij",
                "10 -> short -> short",
                "10 ->   kept   as it is -> /  kept/  as it is",
                "10 -> a  b    c -> a  b    c",
                "10 -> one     two     three -> one/two/three",
                "10 -> abcdefghijklmnopqrstuvwxyz -> abcdefghij/klmnopqrst/uvwxyz",
                "10 -> see abcdefghijklmnop now -> see abcdef/ghijklmnop/now",
                "10 -> well-known as-is -> well-known/as-is",
                "10 -> 12345678\u00a090 a -> 12345678\u00a09/0 a", // too wide: broken anyway
                "12 -> 12345678\u00a090 a -> 12345678\u00a090/a",
            })
    void linesAreBrokenBetweenWords(int columns, String text, String shown) {
        String wrapped = wrapped(text, columns);
        assertEquals(shown.replaceFirst("^/", ""), wrapped.replace("\n", "/").stripTrailing());
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void longWordTakesNotLongerThanManyShortOnes() {
        String word = "a.".repeat(200_000);
        assertEquals(word, wrapped(word, 80).replace("\n", ""));
        String address = "see " + word + "https://a.example/";
        assertEquals(address, wrapped(address, 80).replace("\n", " "));
    }

    @Test
    void continuedLinesAreIndentedAsTheirFirst() {
        assertEquals("  one two/  three/  four", wrapped("  one two three four", 10, '/'));
        assertEquals("      one/two three", wrapped("      one two three", 10, '/'));
        assertEquals("\tone two/\tthree", wrapped("\tone two three", 16, '/'));
    }

    /** A word that fits the line alone is not broken for the sake of an indentation. */
    @Test
    void indentationGivesWayToAWord() {
        assertEquals("    a/ ninechars/    b", wrapped("    a ninechars b", 10, '/'));
        assertEquals(" ninechars/    b", wrapped("    ninechars b", 10, '/'));
    }

    @Test
    void linesThatFitStayAsTheyAre() {
        String map = "+--------+\n|  @  #  |\n|   ..   |   \n+--------+";
        assertEquals(map, wrapped(map + "\nand a long line of words", 13).split("\nand", -1)[0]);
        assertEquals("a\n\n\nb\n", wrapped("a\n\n\nb\n", 10));
    }

    @Test
    void spacesAtTheEndOfALineDoNotMakeItTooWide() {
        assertEquals("12345678  /next", wrapped("12345678     \nnext", 10, '/'));
        assertEquals("> ", wrapped("> ", 1 + 1));
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertEquals("今日は天気/がいいです/ね", wrapped("今日は天気がいいですね", 10, '/'));
        assertEquals("今日は天/abc", wrapped("今日は天 abc", 10, '/'));
        assertEquals("x今日は天/気", wrapped("x今日は天気", 10, '/'));
    }

    /** Kinsoku: a line does not begin with a full stop nor end with an opening bracket. */
    @Test
    void punctuationStaysWithItsWord() {
        assertEquals("一二三四/五。六七", wrapped("一二三四五。六七", 10, '/'));
        assertEquals("一二三四/「五」六", wrapped("一二三四「五」六", 10, '/'));
    }

    @Test
    void combiningMarksAndEmojiAreNotCutUp() {
        String e = "e\u0301".repeat(10);
        assertEquals(e + "/x", wrapped(e + " x", 10, '/'));
        String family = "\ud83d\udc69\u200d\ud83d\udc67";
        assertEquals(family.repeat(5) + "/" + family, wrapped(family.repeat(6), 10, '/'));
    }

    @Test
    void tabsReachTheNextStop() {
        assertEquals("a\tbc", wrapped("a\tbc", 10));
        assertEquals("a/bcd", wrapped("a\tbcd", 10, '/'));
    }

    @Test
    void coloursTakeNoColumns() {
        assertEquals(
                "^[1m^[31mred and^[0m/^[1m^[32mgreen^[0m",
                wrapped("|rred and|n |ggreen|n", 10, '/'));
        assertEquals("^[1m^[31mred red/red^[0m", wrapped("|rred red red|n", 10, '/'));
    }

    @Test
    void aLinkThatIsContinuedIsALinkOnBothLines() {
        assertEquals(
                "go ^]8;;send:north^\\to the^]8;;^\\/^]8;;send:north^\\north^]8;;^\\ now",
                wrapped("go |lcnorth|ltto the north|le now", 10, '/'));
    }

    @Test
    void addressesAreNeverBroken() {
        String url = "https://example.org/a/very/long/way";
        assertEquals("see/" + url + "/now", wrapped("see " + url + " now", 10, '/'));
        assertEquals(
                "see/^]8;;" + url + "^\\" + url + "^]8;;^\\",
                wrapped("see |lu" + url + "|lt" + url + "|le", 10, '/'));
    }

    @Test
    void addressAfterItsWordsIsWrappedWithThem() {
        assertEquals(
                "the words/(http://a.b)",
                Renderer.render("|luhttp://a.b|ltthe words|le", RenderStyle.PLAIN.wrappedAt(14))
                        .replace('\n', '/'));
    }

    /** MXP: text after the end of a line is in another mode, so both lines open their own. */
    @Test
    void wrappedMxpIsStillMxp() {
        RenderStyle mxp =
                new RenderStyle(ColourDepth.ANSI, false, false, new LinkStyle(true, false, false));
        assertEquals(
                "^[0za&lt;b cd/^[0zef&lt;gh",
                shown(Renderer.render("a<b cd ef<gh", mxp.wrappedAt(8))).replace('\n', '/'));
        assertEquals(
                "^[4z<SEND HREF=\"n\">to^[4z</SEND>/^[4z<SEND HREF=\"n\">the^[4z</SEND>",
                shown(Renderer.render("|lcn|ltto the|le", mxp.wrappedAt(4))).replace('\n', '/'));
    }

    @Test
    void windowOfOneColumnIsFilledToo() {
        assertEquals("a/b/c/漢", wrapped("abc漢", 1, '/'));
    }

    /** Whatever the text: no line too wide, no word broken that fits, nothing else changed. */
    @Test
    void anyTextIsWrappedWithoutLoss() {
        Seeded.times(
                3_000,
                random -> {
                    int columns = 2 + random.nextInt(random.nextBoolean() ? 20 : 100);
                    String markup = markup(random);
                    String whole = Renderer.render(markup, TERMINAL);
                    String wrapped = Renderer.render(markup, TERMINAL.wrappedAt(columns));
                    assertEquals(
                            plain(whole).replaceAll("\\s", ""),
                            plain(wrapped).replaceAll("\\s", ""),
                            "the words");
                    List<String> lines = List.of(plain(wrapped).split("\n", -1));
                    int at = 0;
                    for (String line : plain(whole).split("\n", -1)) {
                        at = check(line, lines, at, columns);
                    }
                    assertEquals(lines.size(), at, "lines");
                });
    }

    /** Checks what became of a line; returns where the next one begins. */
    private static int check(String line, List<String> lines, int from, int columns) {
        String left = line.replaceAll("\\s", "");
        List<String> parts = new ArrayList<>();
        int at = from;
        do {
            String part = lines.get(at++);
            parts.add(part);
            assertTrue(width(part) <= columns || part.contains("://"), () -> "too wide: " + part);
            assertTrue(line.contains(part.strip()), () -> "spaces changed: " + part);
            String words = part.replaceAll("\\s", "");
            assertTrue(left.startsWith(words), () -> "not the words: " + part);
            left = left.substring(words.length());
        } while (!left.isEmpty());
        if (width(line) <= columns) {
            assertEquals(List.of(line), parts, "a line that fits");
        }
        List<String> words = new ArrayList<>();
        parts.forEach(part -> words.addAll(List.of(part.strip().split("\\s+", -1))));
        for (String word : line.strip().split("\\s+", -1)) {
            boolean eastAsian = word.codePoints().anyMatch(c -> c >= 0x2e80 && c < 0x10000);
            if (width(word) <= columns && !eastAsian) {
                assertTrue(words.contains(word), () -> "broken: " + word + " in " + parts);
            }
        }
        return at;
    }

    private static String markup(Random random) {
        String[] pieces = {
            " ",
            " ",
            " ",
            "  ",
            "     ",
            "\t",
            "\n",
            "|r",
            "|n",
            "|[b",
            "|u",
            "a",
            "to",
            "the",
            "seven",
            "longer-one",
            "(bracketed)",
            "e\u0301e\u0301",
            "漢字",
            "かな",
            "。",
            "「",
            "\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\udde9\ud83c\uddea",
            "||",
            "--------",
            "https://example.org/somewhere",
            "|lcgo north|ltgo to the north|le",
            "|luhttp://a.b|ltsome words|le",
            "|luhttp://a.b|lt|le",
            "x".repeat(random.nextInt(150) + 1),
        };
        StringBuilder markup = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            markup.append(pieces[random.nextInt(pieces.length)]);
        }
        return markup.toString();
    }

    private static int width(String line) {
        int column = 0;
        for (int at = 0; at < line.length(); ) {
            int end = Graphemes.end(line, at);
            column =
                    line.charAt(at) == '\t'
                            ? (column / 8 + 1) * 8
                            : column + Graphemes.width(line, at, end);
            at = end;
        }
        return column;
    }

    private static String plain(String rendered) {
        return SEQUENCE.matcher(rendered).replaceAll("");
    }

    private static String wrapped(String markup, int columns) {
        return shown(Renderer.render(markup, TERMINAL.wrappedAt(columns)));
    }

    private static String wrapped(String markup, int columns, char lineEnd) {
        return wrapped(markup, columns).replace('\n', lineEnd);
    }

    private static String shown(String rendered) {
        return rendered.replace('\u001b', '^');
    }
}
