package lychgate.telnet.option;

import lychgate.session.CommandTuple;
import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class GmcpOptionTest {
    private final RecordingLink link = new RecordingLink(new GmcpOption());

    @Test
    void commandGoesOutAsGmcpOnceItIsAgreedOn() {
        link.send(oob("foo_bar", "a")).did("oob foo_bar");
        link.enable(Side.US).did("gmcp: true (GMCP)");
        link.send(oob("foo_bar", "a")).did("IAC SB GMCP 'Foo.Bar \"a\"' IAC SE");
        link.disable(Side.US).did("gmcp: false (GMCP)");
        link.send(oob("foo_bar", "a")).did("oob foo_bar");
    }

    @Test
    void offerIsRepeatedToThoseWhoTookItWhenTheGameHasBeenRestarted() {
        link.send(new Outbound.Reloaded()).did("reloaded");
        link.enable(Side.US).did("gmcp: true (GMCP)");
        link.send(new Outbound.Reloaded()).did("IAC WILL GMCP", "reloaded");
    }

    @Test
    void messageIsACommand() {
        link.receive("'Foo.Bar [1,2]'")
                .did("Oob[command=CommandTuple[name=foo_bar, args=[1, 2], kwargs={}]]");
    }

    @Test
    void helloTellsOfTheClientAndGoesOn() {
        link.receive("'Core.Hello {\"client\":\"Mudlet\",\"version\":\"4.19\"}'")
                .did(
                        "client: Mudlet (GMCP)",
                        "version: 4.19 (GMCP)",
                        "Oob[command=CommandTuple[name=client_options, args=[],"
                                + " kwargs={client=Mudlet, version=4.19}]]");
    }

    @Test
    void helloMayHaveCapitals() {
        link.receive("'core.hello {\"Client\":\"CMUD\",\"VERSION\":\"3.34\"}'")
                .did(
                        "client: CMUD (GMCP)",
                        "version: 3.34 (GMCP)",
                        "Oob[command=CommandTuple[name=client_options, args=[],"
                                + " kwargs={Client=CMUD, VERSION=3.34}]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Core.Hello 5               | args=[5], kwargs={}",
                "Core.Hello [[],[]]         | args=[[], []], kwargs={}",
                "Core.Hello {\"client\":1}   | args=[], kwargs={client=1}",
            })
    void helloThatTellsNothingGoesOn(String message, String said) {
        link.receive("'" + message + "'")
                .did("Oob[command=CommandTuple[name=client_options, " + said + "]]");
    }

    @Test
    void packagesAreKeptAsTheyAreSetAddedAndRemoved() {
        link.receive("'Core.Supports.Set [\"Char 1\",\"Room 1\"]'")
                .did(
                        "packages: Char 1, Room 1 (GMCP)",
                        "Oob[command=CommandTuple[name=supports_set, args=[Char 1, Room 1],"
                                + " kwargs={}]]");
        link.receive("'Core.Supports.Add [\"Char.Skills 1\",\"Room 2\"]'")
                .did(
                        "packages: Char 1, Char.Skills 1, Room 2 (GMCP)",
                        "Oob[command=CommandTuple[name=supports_add, args=[Char.Skills 1, Room 2],"
                                + " kwargs={}]]");
        link.receive("'Core.Supports.Remove [\"char\"]'")
                .did(
                        "packages: Char.Skills 1, Room 2 (GMCP)",
                        "Oob[command=CommandTuple[name=supports_remove, args=[char], kwargs={}]]");
    }

    @Test
    void packagesBeyondMeasureAreNotKept() {
        List<String> wanted = new ArrayList<>();
        for (int i = 10; i < 90; i++) {
            wanted.add("P" + i + " 1");
        }
        link.receive("'Core.Supports.Set [\"" + String.join("\",\"", wanted) + "\"]'")
                .did(
                        "malformed gmcp_packages",
                        "packages: " + String.join(", ", wanted.subList(0, 64)) + " (GMCP)",
                        "Oob[command=CommandTuple[name=supports_set, args="
                                + wanted
                                + ", kwargs={}]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Core.Ping", "Core.Ping 120", "core.PING"})
    void pingIsAnsweredHere(String message) {
        link.receive("'" + message + "'").did("IAC SB GMCP 'Core.Ping' IAC SE");
    }

    @Test
    void whatOnlyConcernsTheConnectionGoesNoFurther() {
        link.receive("'Core.KeepAlive'").did("Alive[]");
        link.receive("'Core.Goodbye'").did();
    }

    @Test
    void endIsSaidWithItsReasonToThoseWhoTookTheOffer() {
        link.send(new Outbound.Goodbye("Come again.")).did("goodbye Come again.");
        link.enable(Side.US).did("gmcp: true (GMCP)");
        link.send(new Outbound.Goodbye("\"Later\", says ö"))
                .did(
                        "IAC SB GMCP 'Core.Goodbye \"\\\"Later\\\", says ' c3 b6 '\"' IAC SE",
                        "goodbye \"Later\", says ö");
    }

    @Test
    void whatIsNoGmcpIsCounted() {
        link.receive("'Foo.Bar {'").did("malformed gmcp");
        link.receive("").did("malformed gmcp");
    }

    @Test
    void messageThatSwellsInMemoryIsCountedByItself() {
        link.receive("'Foo.Bar [" + "[0],".repeat(10_000) + "0]'").did("malformed oob_too_much");
    }

    private static Outbound.Oob oob(String name, Object... args) {
        return new Outbound.Oob(CommandTuple.of(name, args));
    }
}
