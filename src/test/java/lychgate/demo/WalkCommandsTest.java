package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.ClientFacts;
import lychgate.session.SessionSync;
import lychgate.testing.RecordingPortalSide.Moved;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rooms, and the ways between them. */
class WalkCommandsTest implements PlayedGatehouse {
    private final RunningGame game;

    WalkCommandsTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void lookShowsTheRoomItsExitsAndWhoIsThere() {
        Visitor first = guest();
        guest();
        List<String> seen = first.looksAway().asks("look");
        List<String> lines = seen.getFirst().lines().toList();
        assertEquals("The Lychgate", lines.get(0));
        assertEquals(List.of("Exits: north", "Here: guest2"), lines.subList(2, 4));
        assertEquals(GATE_INFO, seen.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", "n", "NORTH"})
    void northLeadsToTheYard(String north) {
        List<String> seen = guest().asks(north);
        assertTrue(seen.getFirst().startsWith("The Churchyard\n"), seen.getFirst());
        assertEquals(YARD_INFO, seen.get(1));
    }

    @Test
    void worldHasFourRoomsAndEveryWayLeadsBack() {
        Visitor visitor = guest();
        List<String> rooms = new ArrayList<>();
        for (String way : List.of("n", "n", "s", "east", "w", "south")) {
            rooms.add(visitor.asks(way).getFirst().lines().findFirst().orElse(""));
        }
        assertEquals(
                List.of(
                        "The Churchyard",
                        "The Porch",
                        "The Churchyard",
                        "The Garden",
                        "The Churchyard",
                        "The Lychgate"),
                rooms);
    }

    @Test
    void behindThePorchIsAGateToTheOtherGameWhileThatAnswers() {
        Visitor visitor = guest();
        visitor.asks("n");
        visitor.asks("n");
        assertEquals(List.of("There is no way north of here."), visitor.asks("n"));
        game.portal().knowsShards(Set.of("west", "east"));
        try {
            assertTrue(visitor.asks("look").getFirst().contains("Exits: north, south"));
            assertTrue(visitor.asks("n").getFirst().startsWith("The Far Lane\n"));
            visitor.types("n").types("look");
            assertEquals(
                    new Moved(visitor.id(), "east"),
                    game.portal()
                            .await(
                                    "the move",
                                    portal ->
                                            portal.told(visitor.id()).stream()
                                                    .filter(Moved.class::isInstance)
                                                    .findFirst()
                                                    .orElse(null)));
        } finally {
            game.portal().knowsShards(Set.of());
        }
        game.everybodyGoes();
    }

    @Test
    void whoComesFromTheOtherGameIsInTheLaneAndKeepsTheirName() {
        SessionSync sync =
                SessionSync.opened(1L << 51, "ssh", "192.0.2.7", ClientFacts.NONE, Instant.EPOCH)
                        .withLogin(7, "Wanderer")
                        .withServerData(Map.of("room", 5L));
        game.portal().keep(sync);
        game.handler().arrived(sync);
        String seen =
                game.portal()
                        .await(
                                "the lane",
                                portal ->
                                        portal.commands(sync.sessid()).size() < 4
                                                ? null
                                                : portal.commands(sync.sessid()).toString());
        assertTrue(seen.contains("You come out of the mist on the other side."), seen);
        assertTrue(seen.contains("The Far Lane"), seen);
        assertTrue(guest().asks("who").getFirst().contains("Wanderer"));
        game.handler().disconnected(sync.sessid(), "gone");
    }

    @Test
    void gateOfAnAbsentGameLeadsNowhere() {
        Visitor visitor = guest();
        game.portal().knowsShards(Set.of("east"));
        visitor.asks("n");
        visitor.asks("n");
        visitor.asks("n");
        game.portal().knowsShards(Set.of());
        assertEquals(List.of("There is no way north of here."), visitor.asks("n"));
        assertTrue(visitor.asks("s").getFirst().startsWith("The Porch\n"));
    }

    @Test
    void whereNoWayLeadsNobodyGoes() {
        assertEquals(List.of("There is no way west of here."), guest().asks("w"));
    }

    @Test
    void comingAndGoingIsSeen() {
        Visitor watcher = guest();
        Visitor walker = guest();
        watcher.sees("guest2 arrives.");
        walker.asks("north");
        watcher.sees("guest2 goes north.");
        walker.asks("south");
        watcher.sees("guest2 comes along.").seesNothing();
    }

    @Test
    void walkingIsReported() {
        Visitor visitor = guest();
        visitor.sends("msdp_report", "HEALTH").sees("[\"HEALTH\",[100],{}]");
        visitor.sends("monitor", "ROOM").looksAway();
        List<String> seen = visitor.asks("north");
        assertTrue(seen.contains("[\"HEALTH\",[97],{}]"), seen.toString());
        assertTrue(
                seen.getLast().startsWith("[\"monitor\",[],{\"name\":\"ROOM\",\"value\":{"),
                seen.toString());
    }
}
