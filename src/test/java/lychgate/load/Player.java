package lychgate.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An honest player, who logs in as a guest, types something and waits for the answer. */
final class Player implements AutoCloseable {
    private final Socket socket;

    Player(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        says("guest", "Exits");
    }

    /** Plays for so long; how long each answer took, in nanoseconds. */
    long[] plays(int millis) throws IOException, InterruptedException {
        List<Long> taken = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; System.nanoTime() < until; i++) {
            long began = System.nanoTime();
            says("echo answer " + i, "answer " + i + "\r\n");
            taken.add(System.nanoTime() - began);
            Thread.sleep(1);
        }
        return taken.stream().mapToLong(Long::longValue).toArray();
    }

    /** What 99 of 100 answers took at most, in milliseconds. */
    static double p99(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[(int) (nanos.length * 0.99)] / 1e6;
    }

    private void says(String line, String answer) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        byte[] wanted = answer.getBytes(StandardCharsets.UTF_8);
        InputStream in = socket.getInputStream();
        for (int matched = 0; matched < wanted.length; ) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the honest player was thrown out");
            }
            matched = b == wanted[matched] ? matched + 1 : b == wanted[0] ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
