package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class MsspTest {
    private final Map<String, List<String>> table = new LinkedHashMap<>();
    private final RecordingLink link = new RecordingLink(new Mssp(() -> table));

    MsspTest() {
        table.put("NAME", List.of("Elm"));
        table.put("PORT", List.of("23", "4000"));
    }

    @Test
    void tableIsToldToAClientThatAgrees() {
        link.enable(Side.US)
                .did("IAC SB MSSP 01 'NAME' 02 'Elm' 01 'PORT' 02 '23' 02 '4000' IAC SE");
    }

    @Test
    void tableIsThatOfTheMoment() {
        link.enable(Side.US);
        table.clear();
        table.put("PLAYERS", List.of("7"));
        link.did("IAC SB MSSP 01 'NAME' 02 'Elm' 01 'PORT' 02 '23' 02 '4000' IAC SE");
        link.enable(Side.US).did("IAC SB MSSP 01 'PLAYERS' 02 '7' IAC SE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSSP-REQUEST", "mssp-request ", " MSSP-REQUEST"})
    void requestTypedAsALineIsAnsweredInLines(String typed) {
        link.hear(new Inbound.Line(typed))
                .did(
                        "CR LF 'MSSP-REPLY-START' CR LF 'NAME' 09 'Elm' CR LF"
                                + " 'PORT' 09 '23' 09 '4000' CR LF 'MSSP-REPLY-END' CR LF");
    }

    @Test
    void requestAfterLoginIsTheGames() {
        link.send(new Outbound.LoggedIn()).did("logged in");
        link.hear(new Inbound.Line("MSSP-REQUEST")).did("Line[text=MSSP-REQUEST]");
    }

    @Test
    void whoAsksOverAndOverIsNotToldAnyMore() {
        for (int i = 0; i < 4; i++) {
            link.enable(Side.US).hear(new Inbound.Line("MSSP-REQUEST"));
        }
        link.did(
                Stream.generate(
                                () ->
                                        Stream.of(
                                                "IAC SB MSSP 01 'NAME' 02 'Elm' 01 'PORT' 02 '23'"
                                                        + " 02 '4000' IAC SE",
                                                "CR LF 'MSSP-REPLY-START' CR LF 'NAME' 09 'Elm' CR"
                                                        + " LF 'PORT' 09 '23' 09 '4000' CR LF"
                                                        + " 'MSSP-REPLY-END' CR LF"))
                        .limit(4)
                        .flatMap(both -> both)
                        .toArray(String[]::new));
        link.enable(Side.US).did();
        link.hear(new Inbound.Line("MSSP-REQUEST")).did("Line[text=MSSP-REQUEST]");
    }

    @Test
    void otherLinesAreTheGames() {
        link.hear(new Inbound.Line("MSSP")).did("Line[text=MSSP]");
    }

    @Test
    void whatWouldSplitATableIsTakenOutOfNamesAndValues() {
        table.clear();
        table.put("A\u0001B", List.of("c\u0002d\r\ne\tf"));
        link.enable(Side.US).did("IAC SB MSSP 01 'A B' 02 'c d  e f' IAC SE");
        link.hear(new Inbound.Line("MSSP-REQUEST"))
                .did(
                        "CR LF 'MSSP-REPLY-START' CR LF 'A B' 09 'c d  e f' CR LF"
                                + " 'MSSP-REPLY-END' CR LF");
    }
}
