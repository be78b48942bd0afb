package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Guests who flood the portal with cheap telnet input, with an echo now and then. */
final class Floods {
    private static final int IAC = 255;
    private static final int SE = 240;
    private static final int NOP = 241;
    private static final int AYT = 246;
    private static final int SB = 250;
    private static final int WILL = 251;
    private static final int WONT = 252;
    private static final int DO = 253;
    private static final int DONT = 254;
    private static final int TTYPE = 24;
    private static final int NAWS = 31;
    private static final int NEW_ENVIRON = 39;
    private static final int MSDP = 69;
    private static final int GMCP = 201;

    /** Bytes per write; large, so that sending is cheap. */
    private static final int PORTION = 16 * 1024;

    private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double MEGABYTE = 1e6;

    private Floods() {}

    /**
     * A kind of input that is cheap to send.
     *
     * @param opening sent once, before
     * @param portion sent again and again; no two neighbours in it are equal
     */
    record Kind(String name, byte[] opening, byte[] portion) {}

    static final List<Kind> KINDS =
            List.of(
                    kind("window sizes", bytes(IAC, WILL, NAWS), Floods::naws),
                    kind("NEW-ENVIRON", bytes(IAC, WILL, NEW_ENVIRON), Floods::environ),
                    kind("NOP", bytes(), _ -> bytes(IAC, NOP)),
                    kind("blank lines", bytes(), _ -> bytes('\r', '\n')),
                    kind("GMCP", bytes(IAC, DO, GMCP), Floods::gmcp),
                    kind("TTYPE", bytes(IAC, WILL, TTYPE), Floods::ttype),
                    kind("MSDP", bytes(IAC, DO, MSDP), Floods::msdp),
                    kind("AYT", bytes(), _ -> bytes(IAC, AYT)),
                    kind("options on and off", bytes(), Floods::flips),
                    kind("lines", bytes(), i -> text("look at " + i + "\r\n")));

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (double rate : new double[] {1.2, 2.5, 17, 0}) {
                String at = rate == 0 ? "as fast as it goes" : rate + " MB/s";
                rows.add(
                        new Row(
                                "telnet " + kind.name() + ", " + at,
                                of(List.of(kind), rate, 1, 1)));
            }
        }
        rows.add(new Row("ten flooders, all kinds", of(KINDS, 0, 10, 10)));
        rows.add(new Row("hundred flooders, all kinds", of(KINDS, 0, 100, Field.BURST)));
        for (Kind kind : KINDS.subList(0, 4)) {
            rows.add(new Row("ten flooders, " + kind.name(), of(List.of(kind), 0, 10, 10)));
        }
        return rows;
    }

    /** One guest floods with one kind, as fast as possible. */
    static Row fastest(String name) {
        return rows().stream()
                .filter(row -> row.name().equals("telnet " + name + ", as fast as it goes"))
                .findAny()
                .orElseThrow();
    }

    /**
     * Several flooders, each with the next kind.
     *
     * @param rate megabytes a second of each; 0: as fast as possible
     */
    private static Attack of(List<Kind> kinds, double rate, int flooders, int perAddress) {
        return field -> {
            List<Wire> guests = field.guests(flooders, perAddress);
            field.begin();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < flooders; i++) {
                Wire guest = guests.get(i).drain();
                Kind kind = kinds.get(i % kinds.size());
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> flood(field, guest, kind, new Pace(rate * MEGABYTE))));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            field.require(!field.goesOn(), "all flooders were shown out");
        };
    }

    private static void flood(Field field, Wire guest, Kind kind, Pace pace) {
        try {
            guest.send(kind.opening());
            long echoed = System.nanoTime();
            while (field.goesOn()) {
                pace.await(kind.portion().length);
                guest.send(kind.portion());
                field.sent(kind.portion().length);
                if (System.nanoTime() - echoed > ECHO_NANOS) {
                    guest.say("\r\necho still here");
                    echoed = System.nanoTime();
                }
            }
        } catch (Exception e) {
            // disconnected, or the attack is over
        }
    }

    private static Kind kind(String name, byte[] opening, IntFunction<byte[]> each) {
        ByteArrayOutputStream portion = new ByteArrayOutputStream();
        for (int i = 0; portion.size() < PORTION; i++) {
            portion.writeBytes(each.apply(i));
        }
        return new Kind(name, opening, portion.toByteArray());
    }

    static byte[] naws(int i) {
        return bytes(IAC, SB, NAWS, 0, 40 + i % 200, 0, 20 + i % 100, IAC, SE);
    }

    private static byte[] environ(int i) {
        return subnegotiation(NEW_ENVIRON, "\2\0CLIENT_VERSION\1" + i % 100);
    }

    private static byte[] gmcp(int i) {
        return subnegotiation(GMCP, "a.b " + i % 100);
    }

    private static byte[] ttype(int i) {
        return subnegotiation(TTYPE, "\0CLIENT" + i % 100);
    }

    private static byte[] msdp(int i) {
        return subnegotiation(MSDP, "\1SEND\2" + (i % 2 == 0 ? "HEALTH" : "ROOM"));
    }

    private static byte[] flips(int i) {
        int option = List.of(NAWS, TTYPE, GMCP, MSDP).get(i / 2 % 4);
        boolean ours = option == GMCP || option == MSDP;
        return bytes(IAC, i % 2 == 0 ? (ours ? DONT : WONT) : (ours ? DO : WILL), option);
    }

    private static byte[] subnegotiation(int option, String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(IAC, SB, option));
        out.writeBytes(text(payload));
        out.writeBytes(bytes(IAC, SE));
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
