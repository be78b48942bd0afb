package lychgate.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::, ::",
        "::1, ::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "fe80::1%1, fe80::1",
        "2001:db8:1:2:3:4:0:0, 2001:db8:1:2:3:4::",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void addressIsWrittenAsRfc5952HasIt(String address, String text) {
        assertEquals(text, Addresses.text(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "0.0.0.0, true",
        "::, true",
        "2001:0db8::1, true",
        "::ffff:192.0.2.7, true",
        "fe80::1%1, true",
        "010.0.0.8, false",
        "10.0.0.08, false",
        "127.1, false",
        "2130706433, false",
        "0x7f.0.0.1, false",
        "::ffff:192.0.2.07, false",
        "[::1], false",
        "localhost, false",
        "'', false"
    })
    void literalHasOneMeaning(String text, boolean literal) {
        assertEquals(literal, Addresses.isLiteral(text));
    }

    @Test
    void portThatMayNotBeHadSaysHowItMay() {
        assertEquals(
                "telnet.port 23: Permission denied; let this user listen there"
                        + " (AmbientCapabilities=CAP_NET_BIND_SERVICE) or set another telnet.port",
                BindFailure.of("telnet.port", 23, new Exception("Permission denied")).getMessage());
    }
}
