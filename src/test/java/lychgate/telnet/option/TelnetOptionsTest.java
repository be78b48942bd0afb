package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.OutputOptions;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class TelnetOptionsTest {

    static List<String> namesOfThoseThatHeedNoTexts() {
        return TelnetOptions.fresh(new FixedContext(), true).stream()
                .filter(option -> !option.heedsTexts())
                .map(TelnetOption::name)
                .toList();
    }

    /** Texts pass these by, so they must have nothing to do with one. */
    @ParameterizedTest
    @MethodSource("namesOfThoseThatHeedNoTexts")
    void whoHeedsNoTextsDoesNothingWithOne(String name) {
        Outbound text = new Outbound.Text("hello", OutputOptions.NONE);
        for (boolean us : new boolean[] {false, true}) {
            for (boolean them : new boolean[] {false, true}) {
                TelnetOption option = fresh(name);
                RecordingLink link = new RecordingLink(option);
                if (us) {
                    link.enable(Side.US);
                }
                if (them) {
                    link.enable(Side.THEM);
                }
                link.forget().send(text).did("text hello");
            }
        }
    }

    @Test
    void mxpHeedsTextsSinceItLocksTheFirst() {
        assertTrue(fresh("mxp").heedsTexts());
    }

    private static TelnetOption fresh(String name) {
        return TelnetOptions.fresh(new FixedContext(), true).stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
