package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "nats://127.0.0.1:4222, false,, 127.0.0.1, 4222",
        "nats://broker.example.org, false,, broker.example.org, 4222",
        "nats://broker:4223/, false,, broker, 4223",
        "tls://[::1]:4443, true,, ::1, 4443",
        "tls://[2001:db8::7], true,, 2001:db8::7, 4222",
        "nats://edge:s3cret@broker, false, edge:s3cret, broker, 4222",
        "nats://edge:p%40ss%2F@broker:1, false, edge:p%40ss%2F, broker, 1",
        "nats://token@broker, false, token, broker, 4222"
    })
    void partsAreTold(String text, boolean tls, String user, String host, int port) {
        assertEquals(new ServerUrl(tls, user, host, port), ServerUrl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:4222",
                "http://127.0.0.1",
                "ws://127.0.0.1:8080",
                "nats://",
                "nats://:4222",
                "nats://a:0",
                "nats://a:65536",
                "nats://a:b:4222",
                "nats://u@v@broker",
                "nats://broker/path",
                "nats://broker?x=y",
                "nats://::1:4222",
                "nats://a b",
                "NATS://broker"
            })
    void anythingElseIsNoUrl(String text) {
        assertNull(ServerUrl.parse(text));
    }

    @Test
    void passwordIsNotShown() {
        ServerUrl url = ServerUrl.parse("nats://edge:s3cret@broker");
        assertNotNull(url);
        assertEquals("nats://broker:4222", url.toString());
        assertEquals("nats://edge:s3cret@broker:4222", url.secret());
    }

    @Test
    void usersAreTakenOutOfTexts() {
        assertEquals(
                "[nats://a:1, tls://b] is wrong",
                ServerUrl.withoutUsers("[nats://u:p@a:1, tls://x:y@z@b] is wrong"));
    }
}
