package lychgate.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::/0, 2001:db8::1, true",
        "2001:0db8::/32, 2001:db8::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::ffff:10.0.0.8, 10.0.0.8, true",
    })
    void networkContainsItsAddresses(String network, String address, boolean inside) {
        Cidr cidr = Cidr.parse(network);
        assertEquals(inside, cidr != null && cidr.contains(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::/129",
                "10/8",
                "10.1/16",
                "300.1.2.3",
                "localhost",
                "10.0.0.0/8/8",
                "010.0.0.0/8",
                "10.00.0.0/8",
                "10.0.0.08",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "::ffff:010.0.0.8",
                "::ffff:10.0.0.0/8",
                "0x7f.1",
                "0x7f.0.0.1",
                "10.1",
                "2130706433",
                "127.1",
                "fe80::1%eth0",
                "fe80::%1/64",
                "[::1]",
                " 10.0.0.1",
                "\u0661\u0660.0.0.1",
                "2001:00db8::1",
                "10.0.0.0/x"
            })
    void whatIsNoNetworkIsNone(String text) {
        assertNull(Cidr.parse(text));
    }

    @Test
    void networkIsShownByItsFirstAddress() {
        assertEquals("10.0.0.0/8", String.valueOf(Cidr.parse("10.1.2.3/8")));
        assertEquals("192.0.2.7", String.valueOf(Cidr.parse("192.0.2.7/32")));
    }
}
