package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.link.Orphans;
import lychgate.session.ClientFacts;
import lychgate.session.Meters;
import lychgate.session.SessionSync;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.List;

/** What cannot be brought about at will over a link that is listening. */
class LinkedSessionsTest {
    @Test
    void whoGoesWhileTheGameIsGivenTheOthersIsNotAnnounced() throws Exception {
        LinkedSessions linked =
                new LinkedSessions(
                        new ListeningLink(),
                        ListeningLink.NOW,
                        new ForgottenSessions(
                                Orphans.NONE, new AwaitedSessions(List.of(), Meters.NONE)),
                        Meters.NONE,
                        InstantSource.fixed(ListeningLink.NOW),
                        System::nanoTime);
        linked.connected(
                SessionSync.opened(1, "telnet", "192.0.2.1", ClientFacts.NONE, ListeningLink.NOW));
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anywhere);
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {
            AmpConnection game = new AmpConnection(channel, () -> {}, System::nanoTime);
            linked.found(game, new Arrival(7, false, false), _ -> linked.disconnected(1));
            assertNull(game.unansweredSince());
        }
    }
}
