package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Many AJAX clients that wait for something to happen: what each costs the portal. */
final class HeldPolls {
    /** How the last message of the login screen begins. */
    private static final String PROMPT = "[\"prompt\"";

    private HeldPolls() {}

    /**
     * Holds one poll for each client; prints what each takes.
     *
     * @param seconds for which they are held, while others look at the portal
     */
    static void measure(int port, Observed portal, int clients, int seconds)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(2);
        long before = portal.rssKib();
        List<WebWire> wires = new ArrayList<>();
        List<byte[]> polls = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            WebWire wire = new WebWire(port, "127.1." + (i >> 8) + "." + (i & 255), 0);
            byte[] poll = WebWire.post("mode=receive&cuid=page&csessid=" + wire.begin());
            wire.send(poll);
            wires.add(wire);
            polls.add(poll);
        }
        for (int i = 0; i < clients; i++) {
            WebWire wire = wires.get(i);
            boolean greeted;
            do {
                greeted = wire.answer().startsWith(PROMPT);
                wire.send(polls.get(i));
            } while (!greeted);
        }
        TimeUnit.SECONDS.sleep(seconds);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "polls clients=%d rss=%dMiB each=%.1fKiB",
                        clients,
                        portal.rssKib() / 1024,
                        (double) (portal.rssKib() - before) / clients));
        for (WebWire wire : wires) {
            wire.close();
        }
    }
}
