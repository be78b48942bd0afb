package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Which pages may begin a session: the same at every door. */
class OriginsTest {
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web =
            new WebSockets(portal, WebSockets.allowing("https://elm.example"));

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private String at(Door door, String text) {
        return text.replace("PORT", Integer.toString(door.port(web)))
                .replace("OTHER", Integer.toString(web.port("websocket")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "NULL",
                "",
                "*",
                "http://evil.example",
                "https://evil.example:PORT",
                // the name with something around it
                "http://sub.localhost:PORT",
                "http://localhost.evil.example:PORT",
                "http://LOCALHOST.EVIL.EXAMPLE:PORT",
                "http://evil.example.localhost:PORT",
                "http://evillocalhost:PORT",
                "http://localhost-evil.example:PORT",
                "http://localhost.:PORT",
                "http://.localhost:PORT",
                "http://localhost%2eevil.example:PORT",
                "http://localhost\\.evil.example:PORT",
                "http://löcalhost:PORT",
                // the name where it is no host
                "http://evil.example/http://localhost:PORT",
                "http://evil.example?http://localhost:PORT",
                "http://evil.example#http://localhost:PORT",
                "http://localhost:PORT@evil.example",
                "http://evil.example@localhost:PORT",
                // the address of the same machine under another name
                "http://127.0.0.1:PORT",
                "http://[::1]:PORT",
                // another port
                "http://localhost",
                "https://localhost",
                "http://localhost:1",
                "http://localhost:PORT0",
                "http://localhost:-PORT",
                "http://localhost:",
                "http://localhost:PORT.evil.example",
                // more than an origin
                "http://localhost:PORT/",
                "http://localhost:PORT/play/",
                "http://localhost:PORT?",
                "http://localhost:PORT#",
                "http://localhost:PORT http://evil.example",
                "http://localhost:PORT, http://evil.example",
                "http://localhost:PORT, http://localhost:PORT",
                // no page of the web
                "ws://localhost:PORT",
                "file://",
                "file://localhost:PORT",
                "chrome-extension://localhost:PORT",
                "blob:http://localhost:PORT",
                "javascript://localhost:PORT",
                "//localhost:PORT",
                "localhost:PORT",
                "http:localhost:PORT",
                // nearly the one that is allowed
                "http://elm.example",
                "https://sub.elm.example",
                "https://elm.example:8443",
                "https://elm.example.",
                "https://elm.example.evil",
                "https://evil-elm.example",
                "https://elm.example/",
            })
    void pageOfAnotherSiteIsRefused(String origin) {
        for (Door door : Door.values()) {
            assertEquals(403, door.asks(web, "Origin: " + at(door, origin)), door::name);
        }
        assertEquals(Door.values().length, portal.meters().count("refused origin"));
        assertEquals(List.of(), portal.asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:PORT",
                "https://localhost:PORT",
                "HTTP://LOCALHOST:PORT",
                "http://localhost:OTHER",
                "https://elm.example",
                "https://ELM.example:443",
            })
    void pageOfOursOrOfOneThatIsAllowedMayCome(String origin) {
        for (Door door : Door.values()) {
            assertEquals(door.welcome(), door.asks(web, "Origin: " + at(door, origin)), door::name);
        }
        assertEquals(Door.values().length, portal.asked().size());
    }

    @Test
    void programWithoutAnOriginMayCome() {
        for (Door door : Door.values()) {
            assertEquals(door.welcome(), door.asks(web), door::name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:PORT, http://localhost:PORT",
        "http://localhost:PORT, http://evil.example",
        "http://evil.example,   http://localhost:PORT",
        "http://localhost:PORT, null",
    })
    void twoOriginsAreOneTooMany(String one, String two) {
        for (Door door : Door.values()) {
            int status = door.asks(web, "Origin: " + at(door, one), "Origin: " + at(door, two));
            assertEquals(403, status, door::name);
        }
        assertEquals(List.of(), portal.asked());
    }

    /** What counts is the host that the browser asked, which no page can choose. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // where | Host | Origin | status
                "PATH | elm.test:PORT           | http://localhost:PORT    | 403",
                "PATH | elm.test:PORT           | http://elm.test:PORT     | 0",
                "PATH | localhost:PORT, elm.test | http://elm.test         | 400",
                "PATH | elm.test@localhost:PORT | http://elm.test          | 400",
                "PATH | localhost:PORT/elm.test | http://elm.test          | 400",
                "http://elm.testPATH | localhost:PORT | http://elm.test    | 400",
                "//elm.testPATH | localhost:PORT     | http://elm.test          | 400",
            })
    void pageIsOursByTheHostThatWasAsked(String target, String host, String origin, int status) {
        List<String> wrong = new ArrayList<>();
        for (Door door : Door.values()) {
            int expected = status == 0 ? door.welcome() : status;
            int said =
                    door.asksFor(
                            web,
                            target.replace("PATH", door.path()),
                            at(door, host),
                            "Origin: " + at(door, origin));
            if (said != expected) {
                wrong.add(door + ": " + said);
            }
        }
        assertEquals(List.of(), wrong);
    }
}
