package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that never stop sending take their turns with others: there are fewer threads than
 * clients.
 */
class WebTurnsTest {
    private static final int FLOODERS = 3 * Runtime.getRuntime().availableProcessors() + 8;
    private static final int PORTION = 1_000;

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
    private final List<Socket> flooders = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket flooder : flooders) {
            flooder.close();
        }
        web.close();
        portal.close();
    }

    /** Connects, sends a request, and then the same again and again; reads all answers. */
    private void floods(String first, byte[] more) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.port("web"));
        flooders.add(socket);
        socket.getOutputStream().write(first.getBytes(StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().start(() -> reads(socket));
        Thread.ofPlatform().daemon().start(() -> writes(socket, more));
    }

    private static void reads(Socket socket) {
        byte[] some = new byte[16 * 1024];
        try {
            int length;
            do {
                length = socket.getInputStream().read(some);
            } while (length >= 0);
        } catch (IOException e) {
            // closed at the end of the test
        }
    }

    private static void writes(Socket socket, byte[] more) {
        try {
            while (true) {
                socket.getOutputStream().write(more);
            }
        } catch (IOException e) {
            // closed at the end of the test
        }
    }

    private static byte[] repeated(byte[] one) {
        byte[] many = new byte[PORTION * one.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = one[i % one.length];
        }
        return many;
    }

    private void isAnswered(WebSocketPeer peer) {
        for (int i = 0; i < 3; i++) {
            peer.frame(0x89, "ping " + i);
            assertEquals("ping " + i, peer.next().text());
        }
    }

    @Test
    void clientIsAnsweredBesideMoreThatSendFramesThanThereAreThreads() throws IOException {
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("web"), "/ws")) {
            List<String> request = WebSocketPeer.handshake(web.port("web"), "/ws");
            String handshake = String.join("\r\n", request) + "\r\n\r\n";
            byte[] pings = repeated(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'x'});
            for (int i = 0; i < FLOODERS; i++) {
                floods(handshake, pings);
            }
            isAnswered(peer);
        }
    }

    @Test
    void clientIsAnsweredBesideMoreThatSendRequestsThanThereAreThreads() throws IOException {
        try (AjaxPlayer anna = new AjaxPlayer(web.port("web"), () -> {});
                WebSocketPeer peer = WebSocketPeer.asks(web.port("web"), "/ws")) {
            String form = anna.form("keepalive");
            String request =
                    String.join(
                            "\r\n",
                            "POST /webclientdata HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + form.length(),
                            "",
                            form);
            byte[] requests = repeated(request.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < FLOODERS; i++) {
                floods(request, requests);
            }
            isAnswered(peer);
        }
    }

    /** The same client goes on being answered when it is its turn again. */
    @Test
    void allThatAClientSendsAtOnceIsAnsweredInOrder() {
        try (AjaxPlayer anna = new AjaxPlayer(web.port("web"), () -> {})) {
            for (int i = 0; i < 100; i++) {
                anna.types("line " + i);
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("\"\"", anna.mouth().answer().body());
            }
            assertEquals(100, portal.game().lines().size());
            assertEquals("line 99", portal.game().lines().getLast());
        }
    }
}
