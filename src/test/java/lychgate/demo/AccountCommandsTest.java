package lychgate.demo;

import static lychgate.demo.PlayedGatehouse.answer;
import static lychgate.demo.PlayedGatehouse.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Changing a password. */
class AccountCommandsTest implements PlayedGatehouse {
    private final RunningGame game;

    AccountCommandsTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void passwordIsChangedUnseen() {
        Visitor visitor = atTheGate();
        visitor.asks("create heather " + PASSWORD);
        for (String typed : List.of("password", PASSWORD, "a new horse 7")) {
            String question = question(visitor, typed);
            assertTrue(question.contains("password"), question);
            assertTrue(question.endsWith(HIDDEN), question);
        }
        assertEquals(List.of("Your password is changed." + SHOWN), visitor.asks("a new horse 7"));
        assertEquals(List.of(REFUSED), atTheGate().asks("connect heather " + PASSWORD));
        assertEquals(
                answer("heather"), atTheGate().asks("connect heather a new horse 7").getFirst());
    }

    @Test
    void newPasswordMayEqualTheOld() {
        Visitor visitor = atTheGate();
        visitor.asks("create myrtle " + PASSWORD);
        question(visitor, "password");
        question(visitor, PASSWORD);
        question(visitor, PASSWORD);
        assertEquals(List.of("Your password is changed." + SHOWN), visitor.asks(PASSWORD));
    }

    @Test
    void passwordIsNotChangedByWhoDoesNotKnowTheOldOne() {
        Visitor visitor = atTheGate();
        visitor.asks("create laurel " + PASSWORD);
        question(visitor, "password");
        question(visitor, "wrong horse");
        question(visitor, "a new horse 7");
        assertEquals(List.of("That is not your password." + SHOWN), visitor.asks("a new horse 7"));
        assertEquals(answer("laurel"), atTheGate().asks("connect laurel " + PASSWORD).getFirst());
    }

    @Test
    void guestHasNoPasswordToChange() {
        assertEquals(List.of("A guest has no password."), guest().asks("password"));
    }
}
