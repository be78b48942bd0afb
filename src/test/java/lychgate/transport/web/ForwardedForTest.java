package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.address.Cidr;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where a client is, by what stands in X-Forwarded-For. */
class ForwardedForTest {
    private static final List<Cidr> TRUSTED =
            Stream.of("10.0.0.0/8", "2001:db8::/32")
                    .map(network -> Objects.requireNonNull(Cidr.parse(network)))
                    .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // who has connected | the header's values | who counts
                "192.0.2.1 | 198.51.100.7             | 192.0.2.1",
                "10.0.0.1  | 198.51.100.7             | 198.51.100.7",
                "10.0.0.1  | 1.1.1.1, 198.51.100.7    | 198.51.100.7",
                "10.0.0.1  | 1.1.1.1, 198.51.100.7, 10.0.0.2 | 198.51.100.7",
                "10.0.0.1  | 1.1.1.1;198.51.100.7,10.0.0.2 | 198.51.100.7",
                "10.0.0.1  | 10.0.0.3, 10.0.0.2       | 10.0.0.3",
                "10.0.0.1  | 198.51.100.7, unknown    | 10.0.0.1",
                "10.0.0.1  | 198.51.100.7, 10.0.0.2, _hidden | 10.0.0.1",
                "10.0.0.1  | unknown, 10.0.0.2        | 10.0.0.2",
                "10.0.0.1  | ''                       | 10.0.0.1",
                "10.0.0.1  | 198.51.100.7:5678        | 198.51.100.7",
                "10.0.0.1  | 010.0.0.8                | 10.0.0.1",
                "10.0.0.1  | [2001:db9::7]:443        | 2001:db9:0:0:0:0:0:7",
                "10.0.0.1  | 2001:db9::7              | 2001:db9:0:0:0:0:0:7",
                "10.0.0.1  | 2001:db9::7, 2001:db8::1 | 2001:db9:0:0:0:0:0:7",
                "10.0.0.1  | ::ffff:198.51.100.7      | 198.51.100.7",
            })
    void rightMostAddressThatIsNoProxyCounts(String peer, String headers, String client) {
        assertEquals(
                client,
                ForwardedFor.client(
                                InetAddress.ofLiteral(peer), List.of(headers.split(";")), TRUSTED)
                        .getHostAddress());
    }
}
