package lychgate.load;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** SSH guests who resize their window, type, or paste without end. */
final class SshFloods {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1e6;

    /** Bytes of a window change on the wire; the next constant is how many are in flight. */
    private static final int CHANGE_BYTES = 68;

    private static final int CHANGES = 64;

    private SshFloods() {}

    /** What one flooder does until the attack is over. */
    private interface Flood {
        void on(Shell shell, Field field, Pace pace) throws Exception;
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (double rate : new double[] {1.2, 2.5, 0}) {
            String at = rate == 0 ? ", as fast as it goes" : ", " + rate + " MB/s";
            rows.add(new Row("SSH window sizes" + at, of(SshFloods::resize, rate, 1)));
            rows.add(new Row("SSH keystrokes" + at, of(typing("abc\b\b\b\033[D\033[C"), rate, 1)));
            rows.add(new Row("SSH blank lines" + at, of(typing("\r"), rate, 1)));
        }
        rows.add(new Row("SSH window sizes, ten flooders", of(SshFloods::resize, 0, 10)));
        rows.add(new Row("SSH keystrokes, ten flooders", of(typing("abc\b\b\b"), 0, 10)));
        return rows;
    }

    private static Attack of(Flood flood, double rate, int flooders) {
        return field -> {
            SshClient client = client();
            field.closing(client::stop);
            String from = field.address();
            List<Shell> shells = new ArrayList<>();
            for (int i = 0; i < flooders; i++) {
                shells.add(Shell.open(client, from, field.port("ssh"), "xterm-256color"));
            }
            for (Shell shell : shells) {
                shell.types("guest\r", "Exits");
            }
            field.begin();
            List<Thread> threads = new ArrayList<>();
            for (Shell shell : shells) {
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .start(() -> run(flood, shell, field, rate * MEGABYTE)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            field.require(!field.goesOn(), "all flooders were shown out");
        };
    }

    private static void run(Flood flood, Shell shell, Field field, double rate) {
        try {
            flood.on(shell, field, new Pace(rate));
        } catch (Exception e) {
            // disconnected, or the attack is over
        }
    }

    private static void resize(Shell shell, Field field, Pace pace) throws Exception {
        for (int i = 0; field.goesOn(); i++) {
            pace.await(CHANGE_BYTES);
            shell.resize(40 + i % 200, 20 + i % 100, i % CHANGES == 0);
            field.sent(CHANGE_BYTES);
        }
    }

    private static Flood typing(String keys) {
        byte[] portion = keys.repeat(8 * 1024 / keys.length()).getBytes(StandardCharsets.UTF_8);
        return (shell, field, pace) -> {
            while (field.goesOn()) {
                pace.await(portion.length);
                shell.send(portion);
                field.sent(portion.length);
            }
        };
    }

    static SshClient client() {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((_, _, _) -> true);
        client.setUserInteraction(UserInteraction.NONE);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
        return client;
    }

    /** A session with a shell, whose output is buffered until taken. */
    record Shell(ClientSession session, ChannelShell channel, Screen screen) {
        /**
         * Connects and waits for the login screen.
         *
         * @param terminal terminal type; empty: no pty, like {@code ssh -T}
         */
        static Shell open(SshClient client, String from, int port, String terminal)
                throws Exception {
            ClientSession session =
                    client.connect(
                                    "player",
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                                    new InetSocketAddress(InetAddress.ofLiteral(from), 0))
                            .verify(TIMEOUT)
                            .getSession();
            session.auth().verify(TIMEOUT);
            ChannelShell channel = session.createShellChannel();
            channel.setUsePty(!terminal.isEmpty());
            if (!terminal.isEmpty()) {
                channel.setPtyType(terminal);
            }
            Screen screen = new Screen();
            channel.setOut(screen);
            channel.open().verify(TIMEOUT);
            screen.await("guest");
            return new Shell(session, channel, screen);
        }

        void types(String keys, String answer) throws IOException, InterruptedException {
            send(keys.getBytes(StandardCharsets.UTF_8));
            screen.await(answer);
        }

        void send(byte[] keys) throws IOException {
            channel.getInvertedIn().write(keys);
            channel.getInvertedIn().flush();
        }

        void resize(int columns, int rows, boolean wait) throws IOException {
            Buffer buffer =
                    session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, CHANGE_BYTES);
            buffer.putUInt(channel.getRecipient());
            buffer.putString("window-change");
            buffer.putBoolean(false);
            for (int each : new int[] {columns, rows, 0, 0}) {
                buffer.putUInt(each);
            }
            var written = session.writePacket(buffer);
            if (wait) {
                written.verify(TIMEOUT);
            }
        }
    }

    /** Output since the last wait. */
    static final class Screen extends OutputStream {
        /** Maximum buffered output; beyond it, the oldest is dropped. */
        private static final int KEPT = 8 * 1024;

        private ByteArrayOutputStream seen = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            seen.write(bytes, from, length);
            if (seen.size() > 2 * KEPT) {
                byte[] all = seen.toByteArray();
                seen = new ByteArrayOutputStream();
                seen.write(all, all.length - KEPT, KEPT);
            }
            notifyAll();
        }

        synchronized void await(String words) throws IOException, InterruptedException {
            long until = System.nanoTime() + TIMEOUT.toNanos();
            while (!seen.toString(StandardCharsets.UTF_8).contains(words)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new IOException(words + " did not come");
                }
                wait(left / 1_000_000 + 1);
            }
            seen.reset();
        }
    }
}
