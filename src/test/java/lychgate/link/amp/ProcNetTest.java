package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import lychgate.link.amp.Peers.Gone;
import lychgate.link.amp.Peers.Owner;
import lychgate.link.amp.Peers.Pair;
import lychgate.link.amp.Peers.Unknown;
import lychgate.link.amp.Peers.User;
import lychgate.testing.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ProcNetTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";

    private static final String LISTENER =
            "   0: 0100007F:0FA6 00000000:0000 0A 00000000:00000000 00:00000000 00000000"
                    + "  1001        0 4001 1 0000000000000000 100 0 0 10 0\n";

    @TempDir private Path folder;

    @Test
    void userOfAPeerIsReadFromItsOwnEnd() throws IOException {
        tables(LISTENER + socket("0100007F:C001 0100007F:0FA6", "01", 1002, 77), "");
        assertEquals(List.of(new User(1002)), owners("127.0.0.1", 0xc001));
    }

    @Test
    void socketOfTheNewerProtocolMaySpeakTheOlder() throws IOException {
        String mapped = "0000000000000000FFFF00000100007F:";
        tables(LISTENER, socket(mapped + "C001 " + mapped + "0FA6", "01", 1002, 77));
        assertEquals(List.of(new User(1002)), owners("127.0.0.1", 0xc001));
    }

    @Test
    void addressOfTheNewerProtocolIsFound() throws IOException {
        String loopback = "00000000000000000000000001000000:";
        tables(LISTENER, socket(loopback + "C001 " + loopback + "0FA6", "08", 0, 77));
        List<Pair> pairs = List.of(new Pair(at("::1", 0xc001), at("::1", 4006)));
        assertEquals(List.of(new User(0)), new ProcNet(folder).owners(pairs));
    }

    @Test
    void socketThatNoProcessHasIsNotRootsThoughItIsShownSo() throws IOException {
        tables(LISTENER + socket("0100007F:C001 0100007F:0FA6", "04", 0, 0), "");
        assertEquals(List.of(new Gone()), owners("127.0.0.1", 0xc001));
        assertEquals(List.of(new Gone()), owners("127.0.0.1", 0xc002));
    }

    @Test
    void portalsOwnEndIsNotThePeers() throws IOException {
        tables(LISTENER + socket("0100007F:0FA6 0100007F:C001", "01", 1001, 78), "");
        assertEquals(List.of(new Gone()), owners("127.0.0.1", 0xc001));
    }

    @Test
    void whatCannotBeKnownIsNotGuessed() throws IOException {
        assertEquals(List.of(new Unknown()), owners("127.0.0.1", 0xc001)); // no tables
        tables("", "");
        assertEquals(List.of(new Unknown()), owners("127.0.0.1", 0xc001)); // of another network
        tables(LISTENER, "");
        assertEquals(List.of(new Unknown()), owners("192.0.2.1", 0xc001));
    }

    @Test
    void linesThatAreNoneArePassedOver() throws IOException {
        tables("\n:0FA6\n" + LISTENER + socket("0100007F:C001 0100007F:0FA6", "01", 5, 7), "x\n");
        assertEquals(List.of(new User(5)), owners("127.0.0.1", 0xc001));
    }

    @Test
    void connectionOfThisProcessIsItsUsers() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")));
        ProcNet system = new ProcNet();
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept()) {
            List<Pair> pairs =
                    List.of(
                            new Pair(
                                    (InetSocketAddress) accepted.getRemoteSocketAddress(),
                                    (InetSocketAddress) accepted.getLocalSocketAddress()));
            Owner self = new User(system.self().orElseThrow());
            assertEquals(List.of(self), system.owners(pairs));
            client.close();
            Await.equal(List.of(new Gone()), () -> system.owners(pairs));
        }
    }

    private List<Owner> owners(String address, int port) {
        List<Pair> pairs = List.of(new Pair(at(address, port), at("127.0.0.1", 4006)));
        return new ProcNet(folder).owners(pairs);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private void tables(String tcp, String tcp6) throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN); // as the tables here
        Path net = Files.createDirectories(folder.resolve("net"));
        Files.writeString(net.resolve("tcp"), HEAD + tcp);
        Files.writeString(net.resolve("tcp6"), HEAD + tcp6);
    }

    private static String socket(String ends, String state, int uid, int inode) {
        return "   1: "
                + ends
                + " "
                + state
                + " 00000000:00000000 00:00000000 00000000 "
                + uid
                + " 0 "
                + inode
                + " 1 0000000000000000 20 4 30 10 -1\n";
    }
}
