package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.testing.RunningGame;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Commands that take a given time of the game's clock. */
class SlowWorkTest {
    private static final Markup NAME = Markup.of("Name? ");

    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(SlowWork.class);
    private final ScriptedGame game = new ScriptedGame();
    private @Nullable RunningGame clock;

    @BeforeEach
    void listen() {
        written.start();
        log.addAppender(written);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(written);
    }

    @Test
    void commandThatKeepsTheThreadForASecondIsNamedWithoutItsArguments() throws IOException {
        try (RunningGame running = start("search for my password", Duration.ofMillis(1_500))) {
            running.visitor().types("search for my password").types("look");
            running.rest();
        }
        assertEquals(List.of("session 1 kept the game thread for 1500 ms: search"), lines());
    }

    @Test
    void answerToAQuestionIsNotShownAtAll() throws IOException {
        game.on("login", session -> session.ask(NAME, _ -> takes(Duration.ofSeconds(2))));
        try (RunningGame running = start("never", Duration.ZERO)) {
            running.visitor().types("login", "hunter2");
            running.rest();
        }
        assertEquals(List.of("session 1 kept the game thread for 2000 ms: an answer"), lines());
    }

    @Test
    void slowInputFuncIsNamed() throws IOException {
        game.atStart(
                host ->
                        host.inputFunc(
                                "map_of",
                                "",
                                (_, _) -> takes(Duration.ofSeconds(1).plusMillis(1))));
        try (RunningGame running = start("never", Duration.ZERO)) {
            running.visitor().sends(CommandTuple.of("map_of", "secret"));
            running.rest();
        }
        assertEquals(List.of("session 1 kept the game thread for 1001 ms: map_of"), lines());
    }

    @Test
    void fastCommandIsNotNamed() throws IOException {
        try (RunningGame running = start("look", Duration.ofMillis(999))) {
            running.visitor().types("look", "look");
            running.rest();
        }
        assertEquals(List.of(), lines());
    }

    @Test
    void whatFollowsWithinTenSecondsIsCounted() throws IOException {
        try (RunningGame running = start("search", Duration.ofSeconds(4))) {
            running.visitor().types("search", "search", "search", "search", "search");
            running.rest();
        }
        assertEquals(
                List.of(
                        "session 1 kept the game thread for 4000 ms: search",
                        "session 1 kept the game thread for 4000 ms: search"
                                + " (2 more since the last such line)"),
                lines());
    }

    private RunningGame start(String line, Duration takes) throws IOException {
        game.on(line, session -> answers(session, takes));
        RunningGame running = RunningGame.start(game);
        clock = running;
        return running;
    }

    private void answers(ServerSession session, Duration time) {
        takes(time);
        session.msg(Message.text("Done."));
    }

    private void takes(Duration time) {
        if (clock != null) {
            clock.takes(time);
        }
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
