package lychgate.evennia.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.amp.PackedData;
import lychgate.evennia.wire.PayloadReader.Output;
import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

class PayloadReaderTest {
    /** CPython's {@code pickle.dumps((N, {'text': [['hi'], {}]}), 5)}, from the number on. */
    private static final String HI = "7d948c0474657874945d94285d948c02686994617d94657386942e";

    private static final String HEAD = "8005951d00000000000000";

    private final PayloadReader reader = new PayloadReader();

    @Test
    void textThatIsAlikeForManySessionsIsReadOnce() throws Exception {
        Output first = reader.output(pickle(HEAD + "4b01" + HI));
        Output second = reader.output(pickle(HEAD + "4bff" + HI));
        Output third = reader.output(pickle(HEAD + "4d3905" + HI));
        assertEquals(new Output(1, List.of(CommandTuple.text("hi"))), first);
        assertEquals(List.of(255L, 1337L), List.of(second.sessid(), third.sessid()));
        assertSame(first.commands(), second.commands());
        assertSame(first.commands(), third.commands());
    }

    @Test
    void textThatDiffersInOneCharacterIsReadAgain() throws Exception {
        reader.output(pickle(HEAD + "4b01" + HI));
        Output other = reader.output(pickle(HEAD + "4b01" + HI.replace("026869", "026868")));
        assertEquals(new Output(1, List.of(CommandTuple.text("hh"))), other);
        Output again = reader.output(pickle(HEAD + "4b01" + HI));
        assertEquals(new Output(1, List.of(CommandTuple.text("hi"))), again);
    }

    @Test
    void sessionThatIsNotWrittenFirstIsReadNevertheless() throws Exception {
        // (7, {'text': [['hi'], {}]}) in protocol 0, and the same once more
        String old =
                "2849370a286470300a56746578740a70310a286c70320a286c70330a5668690a70340a6161286470"
                        + "350a61737470360a2e";
        Output first = reader.output(pickle(old));
        assertEquals(new Output(7, List.of(CommandTuple.text("hi"))), first);
        assertEquals(first, reader.output(pickle(old)));
    }

    /** What stands first is thrown away again, and another session put there. */
    @Test
    void numberThatIsNotTheSessionIsNotTakenForIt() throws Exception {
        String odd = "30" + "4b09" + HI;
        assertEquals(9, reader.output(pickle(HEAD + "4b01" + odd)).sessid());
        assertEquals(9, reader.output(pickle(HEAD + "4b02" + odd)).sessid());
    }

    @Test
    void whatIsCutOffIsRefusedAlsoAfterAGoodOne() throws Exception {
        for (int i = 0; i < 2; i++) {
            for (String cut : List.of("", "80", "8005", HEAD, HEAD + "4b", HEAD + "4b01")) {
                assertThrows(MalformedException.class, () -> reader.output(pickle(cut)), cut);
            }
            reader.output(pickle(HEAD + "4b01" + HI));
        }
        assertEquals(2, reader.output(pickle(HEAD + "4b02" + HI)).sessid());
    }

    /**
     * {@code pickle.dumps((1, {'x': [[], {HTTPStatus.OK: 'a', 404: 'b', '404': 'c', None: 1}]}))}.
     */
    @Test
    void keysThatAreTwoStayTwoAndMembersOfAnEnumAreTheirValues() throws Exception {
        Output output =
                reader.output(
                        pickle(
                                "8004954a000000000000004b017d948c0178945d94285d947d94288c0468747470948c0a48545450"
                                    + "5374617475739493944bc8859452948c0161944d94018c0162948c03343034948c0163944e4b0175657386942e"));
        assertEquals(
                "{200=a, 404 (2)=b, 404=c, null=1}",
                output.commands().getFirst().kwargs().toString());
    }

    private static Ask pickle(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new Ask("1", "MsgServer2Portal", PackedData.put(Box.EMPTY, bytes));
    }
}
