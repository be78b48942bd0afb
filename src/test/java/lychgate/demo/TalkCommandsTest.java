package lychgate.demo;

import static lychgate.demo.PlayedGatehouse.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Talking, and the list of players. */
class TalkCommandsTest implements PlayedGatehouse {
    private final RunningGame game;

    TalkCommandsTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void listsOfManyPlayersAreCutAndTheirNumberIsSaid() {
        List<Visitor> all = Stream.generate(this::guest).limit(203).toList();
        Visitor first = all.getFirst().looksAway();
        List<String> who = first.asks("who").getFirst().lines().toList();
        assertEquals(202, who.size());
        assertEquals(List.of("... and 3 more.", "203 people are here."), who.subList(200, 202));
        String here = first.looksAway().asks("look").getFirst().lines().toList().get(3);
        assertTrue(here.endsWith(", and many more"), here);
        assertEquals(51, here.split(", ", -1).length);
    }

    @Test
    void sayIsHeardInTheRoomAndNotElsewhere() {
        Visitor speaker = guest();
        Visitor near = guest();
        Visitor far = guest();
        far.asks("north");
        near.looksAway();
        far.looksAway();
        assertEquals(
                List.of("You say, \"good |revening\""),
                speaker.looksAway().asks("say good |revening"));
        near.sees("guest1 says, \"good |revening\"").seesNothing();
        far.seesNothing();
    }

    @Test
    void poseIsSeenInTheRoomAndNotElsewhere() {
        Visitor poser = guest();
        Visitor near = guest();
        Visitor far = guest();
        far.asks("north");
        near.looksAway();
        far.looksAway();
        assertEquals(List.of("guest1 bows."), poser.looksAway().asks("pose bows."));
        near.sees("guest1 bows.").seesNothing();
        far.seesNothing();
    }

    @Test
    void tellReachesOnlyTheOneWhoIsNamed() {
        Visitor teller = guest();
        Visitor told = guest();
        Visitor other = guest();
        told.asks("north");
        told.looksAway();
        other.looksAway();
        assertEquals(
                List.of("You tell guest2, \"psst {{now\""),
                teller.looksAway().asks("tell GUEST2 psst {{now"));
        told.sees("guest1 tells you, \"psst {{now\"").seesNothing();
        other.seesNothing();
    }

    @Test
    void tellToNobodyIsSaidSo() {
        assertEquals(List.of("There is nobody called |rBen."), guest().asks("tell |rBen hello"));
    }

    @Test
    void shoutReachesEverySessionThatIsLoggedInTheShouterToo() {
        Visitor shouter = guest();
        Visitor far = guest();
        far.asks("north");
        Visitor outside = atTheGate();
        far.looksAway();
        assertEquals(
                List.of("guest1 shouts: fire |rfire"),
                shouter.looksAway().asks("shout fire |rfire"));
        far.sees("guest1 shouts: fire |rfire").seesNothing();
        outside.seesNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"say", "pose  ", "shout", "tell guest1"})
    void nothingIsSaidWithoutWords(String line) {
        assertEquals(List.of("Yes, but what?"), guest().asks(line));
    }

    @Test
    void helpNamesEveryCommand() {
        List<String> named =
                guest().asks("help").getFirst().lines().map(line -> line.split(" ", 2)[0]).toList();
        List<String> commands =
                List.of(
                        "look",
                        "north",
                        "east",
                        "south",
                        "west",
                        "say",
                        "pose",
                        "tell",
                        "who",
                        "quit",
                        "help",
                        "shout",
                        "password",
                        "colour",
                        "options",
                        "sessions",
                        "echo",
                        "render",
                        "lines",
                        "oob",
                        "received",
                        "prompt",
                        "link",
                        "sendlink",
                        "screenreader",
                        "fault");
        assertEquals(commands.stream().sorted().toList(), named.stream().sorted().toList());
    }

    @Test
    void quitSaysGoodbyeClosesAndIsSeen() {
        Visitor other = guest();
        Visitor visitor = guest();
        other.looksAway();
        visitor.types("quit", "shout not any more");
        assertEquals(GOODBYE, visitor.lastWord());
        visitor.seesNothing();
        other.sees("guest2 leaves.").seesNothing();
    }

    @Test
    void whoQuitsOneOfTwoConnectionsStays() {
        Visitor one = atTheGate();
        one.asks("create thyme " + PASSWORD);
        Visitor two = atTheGate();
        two.asks("connect thyme " + PASSWORD);
        Visitor other = guest();
        two.types("quit").lastWord();
        other.seesNothing();
        two.goes();
        assertEquals(List.of("guest1", "thyme"), names(other.asks("who")));
    }
}
