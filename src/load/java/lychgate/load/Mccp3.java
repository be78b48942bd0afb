package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

/** A guest whose compressed input inflates 155-fold. */
final class Mccp3 {
    private static final int RATIO = 155;
    private static final int BLOCK = 256 * 1024;
    private static final double MAX_CORES = 0.5;

    private Mccp3() {}

    static List<Row> rows() {
        return List.of(row(10), row(20), row(40));
    }

    private static Row row(int kilobytes) {
        return new Row(
                "MCCP3 155:1 at " + kilobytes + " KB/s", field -> attack(field, kilobytes * 1e3));
    }

    private static void attack(Field field, double rate) throws Exception {
        byte[] plain = block();
        Wire guest = guest(field);
        field.begin();
        double cpu = field.process().cpuSeconds();
        long began = System.nanoTime();
        int cut = 0;
        while (field.goesOn()) {
            try {
                stream(field, guest, plain, new Pace(rate));
            } catch (IOException e) {
                cut += field.goesOn() ? 1 : 0;
                guest = again(field, guest);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cores = (field.process().cpuSeconds() - cpu) / seconds;
        field.judge(cores <= MAX_CORES, "%.2f cores, cut %d times", cores, cut);
    }

    /** Opens a new connection; returns the old one if the attack ends first. */
    private static Wire again(Field field, Wire old) {
        try {
            return guest(field);
        } catch (IOException e) {
            return old;
        }
    }

    private static Wire guest(Field field) throws IOException {
        Wire guest = field.wire(field.address());
        guest.await("\u00ff\u00fbW"); // WILL MCCP3
        guest.guest().drain();
        guest.send(Floods.bytes(255, 251, 31, 255, 253, 87, 255, 250, 87, 255, 240));
        return guest;
    }

    private static void stream(Field field, Wire guest, byte[] plain, Pace pace)
            throws IOException, InterruptedException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        byte[] packed = new byte[BLOCK];
        try {
            while (field.goesOn()) {
                deflater.setInput(plain);
                int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
                for (int at = 0; at < length; at += 500) { // evenly distributed
                    int some = Math.min(500, length - at);
                    pace.await(some);
                    guest.send(Arrays.copyOfRange(packed, at, at + some));
                    field.sent(some);
                }
            }
        } finally {
            deflater.end();
        }
    }

    /** Window sizes, mixed with enough random data for the intended compression ratio. */
    private static byte[] block() {
        Random random = new Random(1);
        for (int every = 1_000; ; every += 200) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int i = 0; block.size() < BLOCK; i++) {
                if (i % every == every - 1) {
                    block.write('a' + random.nextInt(26));
                    block.write('\b');
                }
                block.writeBytes(Floods.naws(i % 2));
            }
            if (ratio(block.toByteArray()) >= RATIO || every > 50_000) {
                return block.toByteArray();
            }
        }
    }

    private static double ratio(byte[] block) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        byte[] packed = new byte[BLOCK];
        deflater.setInput(block);
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return (double) block.length / length;
    }
}
