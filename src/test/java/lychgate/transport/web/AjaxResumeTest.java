package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Coming back over AJAX, and from one transport to the other. */
class AjaxResumeTest {
    private static final String HELLO = "[\"text\",[\"Hello.\"],{\"n\":%d}]";
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private AjaxPlayer comes() {
        return new AjaxPlayer(web.port("web"), this::silence);
    }

    private void silence() {
        web.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(61));
    }

    private static String session(String kwargs) {
        return "[\"session\",[],%s]".formatted(kwargs);
    }

    private static void says(AjaxPlayer player, String kwargs) {
        assertEquals("\"\"", player.mouth().posts(player.input(session(kwargs))).answer().body());
    }

    private static String token(String message) {
        Matcher token = TOKEN.matcher(message);
        assertTrue(token.find(), message);
        return token.group(1);
    }

    private static String returns(String token, int shown) {
        return "{\"resume\":\"%s\",\"ack\":%d,\"cseq\":0}".formatted(token, shown);
    }

    @Test
    void clientThatWasSilentComesBackAndIsShownWhatItHasMissed() {
        try (AjaxPlayer anna = comes();
                AjaxPlayer again = comes()) {
            says(anna, "{\"resume\":true}");
            String token = token(anna.polls().body());
            portal.game().text(1, "Hello.");
            assertEquals(HELLO.formatted(1), anna.polls().body());
            Await.until(
                    "the client to be away",
                    () -> {
                        anna.isGone();
                        return portal.game().told().contains("1 session_away [] {}");
                    });
            portal.game().text(1, "Hello.");
            try (AjaxPlayer late = comes()) {
                says(late, returns(token, 1));
                String resumed = late.polls().body();
                assertTrue(resumed.contains("\"resumed\":true,\"gap\":0"), resumed);
                assertEquals(HELLO.formatted(2), late.polls().body());
            }
        }
    }

    @Test
    void whoIsLeftBehindIsToldSoWithThePollThatWaitsOrWithTheNext() {
        try (AjaxPlayer anna = comes();
                AjaxPlayer other = comes()) {
            says(anna, "{\"resume\":true}");
            String token = token(anna.polls().body());
            says(other, returns(token, 0));
            assertTrue(other.polls().body().contains("\"resumed\":true"));
            assertEquals("[\"connection_close\",[],{\"code\":4001}]", anna.polls().body());
            assertEquals(410, anna.polls().status());
            portal.game().text(1, "Hello.");
            assertEquals(HELLO.formatted(1), other.polls().body());
        }
    }

    @Test
    void sessionMovesFromAWebSocketToAjaxAndBack() {
        try (ResumingPeer socket = new ResumingPeer(web.port("web"));
                AjaxPlayer anna = comes();
                ResumingPeer last = new ResumingPeer(web.port("web"))) {
            String first = token(socket.says("{\"resume\":true}").line());
            says(anna, returns(first, 0));
            String second = token(anna.polls().body());
            portal.game().text(1, "Hello.");
            assertEquals(HELLO.formatted(1), anna.polls().body());
            token(last.says(returns(second, 0)).line());
            assertEquals(HELLO.formatted(1), last.line());
            assertEquals("[\"connection_close\",[],{\"code\":4001}]", anna.polls().body());
        }
    }
}
