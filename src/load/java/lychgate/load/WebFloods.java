package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Attacks on the ports of the web, beside which a player plays over a WebSocket as well. */
final class WebFloods {
    private static final int ATTACKERS = 10;

    /** Bytes per write; large, so that sending is cheap. */
    private static final int PORTION = 16 * 1024;

    /** The minimum receive buffer of Linux: what is not read, the portal must keep. */
    private static final int RECEIVE_BUFFER = 4 * 1024;

    /** Slow connections per attacker, and the time between their bytes. */
    private static final int DRIBBLES = 60;

    private static final long DRIBBLE_MILLIS = 100;

    private static final int FRAGMENT = 0x01;
    private static final int CONTINUATION = 0x00;

    private WebFloods() {}

    /** What one attacker does, again and again. */
    private interface Round {
        void from(Field field, String address) throws IOException, InterruptedException;
    }

    static List<Row> rows() {
        return List.of(
                row("lines", guests(i -> WebWire.line("look at " + i))),
                row("commands", guests(i -> WebWire.frame(WebWire.TEXT, "[\"x" + i + "\",[],{}]"))),
                row("no messages at all", guests(i -> WebWire.frame(WebWire.TEXT, "{" + i))),
                row("pings", guests(i -> WebWire.frame(WebWire.PING, "ping " + i))),
                row("session pings", guests(i -> WebWire.session("{\"ping\":" + i + "}"))),
                row("requests to come back", guests(_ -> WebWire.session("{\"resume\":true}"))),
                row("one session that comes back all the time", WebFloods::returns),
                row("sessions that are away", WebFloods::away),
                row("fragments that never end", guests(WebFloods::fragment)),
                row("clients that never read", WebFloods::deaf),
                row("half handshakes", dribbles(half(WebWire.handshake()))),
                row("half AJAX bodies", dribbles(half(WebWire.post("mode=" + "x".repeat(999))))),
                row("huge headers", WebFloods::headers),
                row("AJAX polls", WebFloods::polls),
                row("AJAX input", WebFloods::inputs),
                row("AJAX requests with unknown ids", WebFloods::strangers),
                row("AJAX sessions that are left", WebFloods::inits));
    }

    /** The row about one kind. */
    static Row about(String kind) {
        return rows().stream().filter(row -> row.name().endsWith(kind)).findFirst().orElseThrow();
    }

    private static Row row(String name, Round round) {
        return new Row("web: " + name, WebPlayer.beside(of(round)));
    }

    private static Attack of(Round round) {
        return field -> {
            List<Thread> attackers = new ArrayList<>();
            field.begin();
            for (int i = 0; i < ATTACKERS; i++) {
                String address = field.address();
                attackers.add(Thread.ofVirtual().start(() -> attack(field, address, round)));
            }
            for (Thread attacker : attackers) {
                attacker.join();
            }
        };
    }

    private static void attack(Field field, String address, Round round) {
        while (field.goesOn()) {
            try {
                round.from(field, address);
            } catch (IOException | InterruptedException e) {
                // the portal closed the connection: the next one
            }
        }
    }

    private static WebWire connects(Field field, String address) throws IOException {
        return field.closing(new WebWire(field.port("web"), address, 0));
    }

    private static void floods(Field field, WebWire wire, byte[] portion) throws IOException {
        while (field.goesOn()) {
            wire.send(portion);
            field.sent(portion.length);
        }
    }

    private static byte[] portion(IntFunction<byte[]> each) {
        ByteArrayOutputStream portion = new ByteArrayOutputStream();
        for (int i = 0; portion.size() < PORTION; i++) {
            portion.writeBytes(each.apply(i));
        }
        return portion.toByteArray();
    }

    /** Guests who read what they are sent. */
    private static Round guests(IntFunction<byte[]> each) {
        byte[] portion = portion(each);
        return (field, address) -> {
            try (WebWire guest = connects(field, address).guest().drain()) {
                floods(field, guest, portion);
            }
        };
    }

    private static byte[] fragment(int i) {
        return WebWire.frame(i == 0 ? FRAGMENT : CONTINUATION, "x".repeat(i % 3));
    }

    private static void deaf(Field field, String address) throws IOException, InterruptedException {
        int port = field.port("web");
        try (WebWire guest = field.closing(new WebWire(port, address, RECEIVE_BUFFER)).guest()) {
            guest.send(WebWire.line("lines 100000"));
            TimeUnit.MILLISECONDS.sleep(1_500);
        }
    }

    /** A successful return counts for no rate: as many as it can. */
    private static void returns(Field field, String address) throws IOException {
        WebWire wire = connects(field, address).open();
        try {
            String token = wire.token("{\"resume\":true}");
            while (field.goesOn()) {
                WebWire next = connects(field, address).open();
                token = next.token("{\"resume\":\"" + token + "\",\"ack\":0}");
                wire.close();
                wire = next;
                field.sent(token.length());
            }
        } finally {
            wire.close();
        }
    }

    /** Guests that ask for much, acknowledge nothing, and leave a session that waits for them. */
    private static void away(Field field, String address) throws IOException, InterruptedException {
        try (WebWire guest = connects(field, address).open()) {
            guest.token("{\"resume\":true}");
            guest.send(WebWire.line("guest"));
            guest.await("Exits");
            guest.send(WebWire.line("lines 2000"));
            guest.await("2000 ");
            field.sent(1);
        }
        TimeUnit.MILLISECONDS.sleep(DRIBBLE_MILLIS);
    }

    private static byte[] half(byte[] request) {
        return Arrays.copyOf(request, request.length / 2);
    }

    /** Many connections that send the beginning of a request, a byte at a time in the end. */
    private static Round dribbles(byte[] beginning) {
        return (field, address) -> {
            List<WebWire> all = new ArrayList<>();
            try {
                while (all.size() < DRIBBLES && field.goesOn()) {
                    WebWire wire = connects(field, address);
                    wire.send(beginning);
                    all.add(wire);
                }
                for (int i = 0; i < DRIBBLES && field.goesOn(); i++) {
                    for (WebWire wire : all) {
                        wire.send(new byte[] {'x'});
                    }
                    field.sent(all.size());
                    TimeUnit.MILLISECONDS.sleep(DRIBBLE_MILLIS);
                }
            } finally {
                for (WebWire wire : all) {
                    wire.close();
                }
            }
        };
    }

    private static void headers(Field field, String address) throws IOException {
        byte[] request =
                WebWire.bytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(1 << 20));
        try (WebWire wire = connects(field, address)) {
            wire.send(request);
            field.sent(request.length);
            wire.answer();
        }
    }

    private static String form(String mode, String csessid) {
        return "mode=" + mode + "&csessid=" + csessid + "&cuid=page";
    }

    /** Two connections poll at once: each poll ends the other. */
    private static void polls(Field field, String address) throws IOException {
        try (WebWire one = connects(field, address);
                WebWire two = connects(field, address)) {
            byte[] poll = WebWire.post(form("receive", one.begin()));
            byte[] portion = portion(_ -> poll);
            one.drain();
            two.drain();
            while (field.goesOn()) {
                one.send(portion);
                two.send(portion);
                field.sent(2L * portion.length);
            }
        }
    }

    private static void inputs(Field field, String address) throws IOException {
        try (WebWire wire = connects(field, address)) {
            String form = form("input", wire.begin()) + "&data=[\"text\",[\"look\"],{}]";
            wire.drain();
            floods(field, wire, portion(_ -> WebWire.post(form)));
        }
    }

    private static void strangers(Field field, String address) throws IOException {
        try (WebWire wire = connects(field, address)) {
            byte[] request = WebWire.post(form("receive", "a".repeat(32)));
            wire.send(request);
            field.sent(request.length);
            wire.answer();
        }
    }

    private static void inits(Field field, String address) throws IOException {
        try (WebWire wire = connects(field, address)) {
            field.sent(wire.begin().length());
        }
    }
}
