package lychgate.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,                 192.0.2.7",
        "2001:db8:1:2:3:4:5:6,      2001:db8:1:2::/64",
        "2001:db8::1,               2001:db8::/64",
        "::1,                       ::/64",
        "::ffff:192.0.2.7,          192.0.2.7",
        "somewhere,                 somewhere",
        "192.0.2.300,               192.0.2.300"
    })
    void addressBelongsToItsSource(String address, String source) {
        assertEquals(source, Source.of(address).toString());
    }

    @Test
    void subscribersIpv6NetworkIsOneSourceAndTheNextIsAnother() {
        Source one = Source.of(InetAddress.ofLiteral("2001:db8:0:1::1"));
        assertEquals(one, Source.of(InetAddress.ofLiteral("2001:db8:0:1:ffff::2")));
        assertNotEquals(one, Source.of(InetAddress.ofLiteral("2001:db8:0:2::1")));
    }
}
