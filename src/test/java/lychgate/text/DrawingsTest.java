package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line ends are written {@code $}. */
class DrawingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "|y/\\|n   Come |win|n   $ |Y_||____||_|n  -> Come in",
                "+----------+$| The Inn |$+----------+ -> The Inn",
                "=== News ===$One - two -- and $ three & four - -> News$One - two -- and$three &"
                        + " four",
                "888 888 ooo$Title -> Title",
                "$$a$$b$ -> a$b",
                "|luhttp://a.b|lthere|le |lcn|ltnorth|le -> here north",
                "|luhttp://a.b|lt|le -> http://a.b",
                "C'est la f\u00eate, 42! -> C'est la f\u00eate, 42!",
                "a ||r b -> a ||r b",
                "~~~***~~~ -> ''",
            })
    void onlyWordsAreLeft(String markup, String words) {
        Markup left = Markup.trusted(markup.replace('$', '\n')).withoutDrawings();
        assertEquals(words, left.source().replace('\n', '$'));
    }
}
