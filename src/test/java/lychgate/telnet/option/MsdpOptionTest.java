package lychgate.telnet.option;

import lychgate.session.CommandTuple;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class MsdpOptionTest {
    private final RecordingLink link = new RecordingLink(new MsdpOption());

    @Test
    void commandGoesOutAsMsdpOnceItIsAgreedOn() {
        link.send(oob("foo", "a")).did("oob foo");
        link.enable(Side.US).did("msdp: true (MSDP)");
        link.send(oob("foo", "a")).did("IAC SB MSDP 01 'foo' 02 'a' IAC SE");
        link.disable(Side.US).did("msdp: false (MSDP)");
        link.send(oob("foo", "a")).did("oob foo");
    }

    @Test
    void eachVariableOfAMessageIsACommand() {
        link.receive("01 'HP' 02 '5' 01 'LIST' 02 'COMMANDS'")
                .did(
                        "Oob[command=CommandTuple[name=HP, args=[5], kwargs={}]]",
                        "Oob[command=CommandTuple[name=msdp_list, args=[COMMANDS], kwargs={}]]");
    }

    @Test
    void whatIsNoMsdpIsCounted() {
        link.receive("'words'").did("malformed msdp");
    }

    @Test
    void messageThatSwellsInMemoryIsCountedByItself() {
        link.receive("01 'x'" + " 02 05 02 06".repeat(5_000)).did("malformed oob_too_much");
    }

    private static Outbound.Oob oob(String name, Object... args) {
        return new Outbound.Oob(CommandTuple.of(name, args));
    }
}
