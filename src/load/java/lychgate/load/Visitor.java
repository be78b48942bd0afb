package lychgate.load;

import static lychgate.load.WebWire.line;

import lychgate.TrustsEverybody;

import org.apache.sshd.client.SshClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

/** One client of a portal, over any transport: types lines, waits for words, and goes. */
interface Visitor {
    /** Types a line. */
    void types(String words) throws IOException;

    /** Waits until these words have come. */
    void awaits(String words) throws IOException, InterruptedException;

    /** Closes the connection as a client does that is closed by its player. */
    void leaves() throws IOException;

    /** Is gone without a word; the system resets the connection where it can. */
    void vanishes() throws IOException;

    /** Telnet over a connected socket, plain or TLS. */
    record OverTelnet(Socket tcp, Socket socket) implements Visitor {
        private static final int PATIENCE_MILLIS = 60_000;

        static OverTelnet plain(int port, String from) throws IOException {
            Socket tcp = connected(port, from);
            return new OverTelnet(tcp, tcp);
        }

        static OverTelnet tls(int port, String from) throws IOException {
            Socket tcp = connected(port, from);
            SSLSocket tls =
                    (SSLSocket)
                            TrustsEverybody.context()
                                    .getSocketFactory()
                                    .createSocket(tcp, "localhost", port, true);
            tls.startHandshake();
            return new OverTelnet(tcp, tls);
        }

        private static Socket connected(int port, String from) throws IOException {
            Socket tcp = new Socket();
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(PATIENCE_MILLIS);
            tcp.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            tcp.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                    PATIENCE_MILLIS);
            return tcp;
        }

        @Override
        public void types(String words) throws IOException {
            socket.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void awaits(String words) throws IOException {
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[8 * 1024];
            while (read.indexOf(words) < 0) {
                int length = socket.getInputStream().read(buffer);
                if (length < 0) {
                    throw new IOException("closed, having said: " + read.toString().strip());
                }
                read.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            }
        }

        @Override
        public void leaves() throws IOException {
            socket.close();
        }

        @Override
        public void vanishes() throws IOException {
            tcp.setSoLinger(true, 0);
            tcp.close();
        }
    }

    /** A shell over SSH. */
    record OverSsh(SshFloods.Shell shell) implements Visitor {
        static OverSsh open(SshClient client, int port, String from) throws IOException {
            try {
                return new OverSsh(SshFloods.Shell.open(client, from, port, "xterm-256color"));
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void types(String words) throws IOException {
            shell.send((words + "\r").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void awaits(String words) throws IOException, InterruptedException {
            shell.screen().await(words);
        }

        @Override
        public void leaves() throws IOException {
            shell.session().close(false).await(TimeUnit.SECONDS.toMillis(10));
        }

        @Override
        public void vanishes() throws IOException {
            shell.session().close(true).await(TimeUnit.SECONDS.toMillis(10));
        }
    }

    /** {@code v1.evennia.com} over a WebSocket. */
    record OverWebSocket(WebWire wire) implements Visitor {
        @Override
        public void types(String words) throws IOException {
            wire.send(line(words));
        }

        @Override
        public void awaits(String words) throws IOException {
            wire.await(words);
        }

        @Override
        public void leaves() throws IOException {
            wire.send(WebWire.frame(WebWire.TEXT, "[\"websocket_close\",[],{}]"));
            wire.close();
        }

        @Override
        public void vanishes() throws IOException {
            wire.close();
        }
    }

    /** Requests of an AJAX client, all over one connection. */
    record OverAjax(WebWire wire, String csessid) implements Visitor {
        static OverAjax begin(WebWire wire) throws IOException {
            return new OverAjax(wire, wire.begin());
        }

        private String form(String mode) {
            return "mode=" + mode + "&cuid=page&csessid=" + csessid;
        }

        @Override
        public void types(String words) throws IOException {
            String data =
                    "%5B%22text%22%2C%5B%22" + words.replace(" ", "%20") + "%22%5D%2C%7B%7D%5D";
            wire.send(WebWire.post(form("input") + "&data=" + data));
            wire.answer();
        }

        @Override
        public void awaits(String words) throws IOException {
            String answer;
            do {
                wire.send(WebWire.post(form("receive")));
                answer = wire.answer();
            } while (!answer.contains(words));
        }

        @Override
        public void leaves() throws IOException {
            wire.send(WebWire.post(form("close")));
            wire.answer();
            wire.close();
        }

        /** An AJAX session whose client is silent lasts a minute, so this one says that it goes. */
        @Override
        public void vanishes() throws IOException {
            wire.send(WebWire.post(form("close")));
            wire.close();
        }
    }
}
