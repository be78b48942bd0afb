package lychgate.examples;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import lychgate.examples.linejson.LineJson;
import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.testing.GivenSettings;
import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;
import lychgate.testing.Sockets;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an example of a protocol shows works as well as what is built in. */
final class LineJsonSessionContractTest implements SessionContract {
    private static final int PATIENCE_MILLIS = 20_000;

    @Override
    public Service listens(RecordingPortal portal) {
        LineJson service = new LineJson();
        service.configure(new GivenSettings(Map.of("port", 0)));
        try {
            service.start(portal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Service() {
            @Override
            public Client connects() {
                return new Player(service.port().orElseThrow());
            }

            @Override
            public void close() {
                service.stop();
            }
        };
    }

    /** It reads only when something is expected of it. */
    private static final class Player implements Client {
        private final Socket socket = new Socket();
        private final BufferedReader lines;

        Player(int port) {
            try {
                socket.setReceiveBufferSize(4096);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void types(String line) {
            String json = Json.write(CommandTuple.text(line)) + "\n";
            try {
                socket.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void sees(String words) {
            String line = next();
            while (line != null && !line.contains(words)) {
                line = next();
            }
            assertNotNull(line, words);
        }

        @Override
        public void stopsReading() {}

        @Override
        public void readsOn() {}

        @Override
        public void sendsNoMore() {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void isGone() {
            Sockets.reset(socket);
        }

        @Override
        public void seesTheEnd() {
            String line = next();
            while (line != null) {
                line = next();
            }
        }

        private @Nullable String next() {
            try {
                return lines.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
