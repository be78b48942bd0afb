package lychgate.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org:443",
        "http://example.org, http://example.org:80",
        "HTTP://Example.ORG:8080, http://example.org:8080",
        "http://192.0.2.7:4001, http://192.0.2.7:4001",
        "http://[2001:DB8::7]:4001, http://[2001:db8::7]:4001",
    })
    void originIsReadAsBrowsersSendIt(String text, String origin) {
        assertEquals(origin, String.valueOf(WebOrigin.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "example.org",
                "ws://example.org",
                "https://",
                "https://example.org/",
                "https://example.org:",
                "https://example.org:65536",
                "https://user@example.org",
                "https://*.example.org",
                "https://example.org https://example.com",
                " https://example.org"
            })
    void whatIsNoOriginIsNone(String text) {
        assertNull(WebOrigin.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, https://example.org:443",
        "example.org:4001, https://example.org:4001",
        "[::1]:4001, https://[::1]:4001"
    })
    void hostIsAnOriginToo(String host, String origin) {
        assertEquals(origin, String.valueOf(WebOrigin.ofHost("https", host)));
    }
}
