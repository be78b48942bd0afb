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

    @Test
    void portThatMayNotBeHadSaysHowItMay() {
        assertEquals(
                "telnet.port 23: Permission denied; let this user listen there"
                        + " (AmbientCapabilities=CAP_NET_BIND_SERVICE) or set another telnet.port",
                BindFailure.of("telnet.port", 23, new Exception("Permission denied")).getMessage());
    }
}
