package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import lychgate.session.Browser;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whoever reads our log at its most talkative learns nothing by which to take a session over. */
class SecretsTest {
    /** As Django makes them. */
    private static final String KEY = "q7w8e9r0t1z2u3i4o5p6a7s8d9f0g1h2";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("lychgate");
    private final @Nullable Level before = ours.getLevel();
    private final Log log = new Log();
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);

    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getFormattedMessage() + thrown);
        }

        List<String> with(String secret) {
            return lines.stream().filter(line -> line.contains(secret)).toList();
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        ours.setLevel(before);
        root.detachAppender(log);
        web.close();
        portal.close();
    }

    private void hasBeenLoggedWithout(String... secrets) {
        assertEquals(false, log.lines.isEmpty());
        for (String secret : secrets) {
            assertEquals(List.of(), log.with(secret));
        }
    }

    @Test
    void idsOfAjaxAreNotLogged() {
        String page = "0q2c8xv1o7k";
        String init = AjaxPeer.form("mode", "init", "csessid", "", "cuid", page);
        String id;
        try (AjaxPeer peer = new AjaxPeer(web.port("web"))) {
            id = peer.posts(init).answer().field("csessid");
            String end = AjaxPeer.form("csessid", id, "cuid", page);
            portal.game().awaits("1 settled");
            for (String mode : List.of("input", "nonsense", "keepalive", "close", "receive")) {
                peer.posts("mode=" + mode + "&data=%5B1&" + end).answer();
            }
        }
        try (AjaxPeer peer = new AjaxPeer(web.port("web"))) {
            String query = AjaxPeer.form("csessid", id, "cuid", page);
            assertEquals(405, peer.asks("GET /webclientdata?" + query, "", List.of()).status());
        }
        try (AjaxPeer peer = new AjaxPeer(web.port("web"))) {
            String odd = "GET /webclientdata\\" + id + page + " HTTP/1.1\r\n\r\n";
            assertEquals(400, peer.sends(odd).status());
        }
        portal.game().awaits("1 disconnected: ");
        hasBeenLoggedWithout(id, page);
    }

    @Test
    void keyOfTheWebsiteIsNotLogged() {
        portal.browserLogins().knows(new Browser(KEY, 7L, 3));
        try (WebSocketPeer peer =
                WebSocketPeer.asks(
                        web.port("websocket"), "/?" + KEY, "Origin: http://evil.example")) {
            assertEquals(403, peer.status());
        }
        try (AjaxPeer peer = new AjaxPeer(web.port("web"))) {
            peer.posts(AjaxPeer.form("mode", "init", "csessid", KEY, "cuid", "page")).answer();
        }
        try (WebSocketPeer peer =
                WebSocketPeer.asks(web.port("websocket"), "/?" + KEY + "&page&chrome")) {
            Await.until(
                    "the session of that browser",
                    () -> portal.game().told("connected").size() == 2);
            peer.sends("83 80 00000000").closeCode();
        }
        hasBeenLoggedWithout(KEY);
    }

    @Test
    void tokensAreNotLogged() {
        ResumingPeer anna = new ResumingPeer(web.port("web")).says("{\"resume\":true}");
        anna.credentials();
        portal.game().awaits("1 settled");
        anna.reset();
        portal.game().awaits("1 session_away [] {}");
        try (ResumingPeer back = anna.comesBack(0)) {
            back.credentials();
            back.says("{\"resume\":\"" + back.token() + "x\"}");
            back.sends("83 80 00000000");
            back.closeCode();
            hasBeenLoggedWithout(secret(anna), secret(back));
        }
    }

    /** What follows the session's number in a token. */
    private static String secret(ResumingPeer peer) {
        return peer.token().split("\\.", -1)[1];
    }
}
