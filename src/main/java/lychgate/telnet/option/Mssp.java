package lychgate.telnet.option;

import lychgate.telnet.ByteBuilder;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * MSSP: describes this game to game lists (tintin.mudhalla.net/protocols/mssp), by subnegotiation
 * if the client agrees, or as lines of text if a client that has not logged in types {@code
 * MSSP-REQUEST}. Both have the same contents.
 */
final class Mssp implements TelnetOption {
    private static final int VAR = 1;
    private static final int VAL = 2;
    private static final String REQUEST = "MSSP-REQUEST";

    /** Tables sent per connection: a client that asks more often is not a game list. */
    private static final int MAX_TABLES = 8;

    private final Supplier<Map<String, List<String>>> table;
    private boolean loggedIn;
    private int tables;

    /**
     * @param table the fields' names, each with its values, in order
     */
    Mssp(Supplier<Map<String, List<String>>> table) {
        this.table = table;
    }

    @Override
    public int code() {
        return Telnet.MSSP;
    }

    @Override
    public String name() {
        return "mssp";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        if (tables++ >= MAX_TABLES) {
            return;
        }
        ByteBuilder payload = new ByteBuilder();
        table.get()
                .forEach(
                        (name, values) -> {
                            payload.add(VAR);
                            payload.add(bytes(name));
                            for (String value : values) {
                                payload.add(VAL);
                                payload.add(bytes(value));
                            }
                        });
        link.subnegotiate(payload.take());
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.LoggedIn) {
            loggedIn = true;
        }
        return false;
    }

    @Override
    public boolean heedsLines() {
        return true;
    }

    @Override
    public boolean receive(Inbound message, OptionLink link) {
        if (!(message instanceof Inbound.Line(String text))
                || loggedIn
                || !text.strip().equalsIgnoreCase(REQUEST)
                || tables++ >= MAX_TABLES) {
            return false;
        }
        StringBuilder reply = new StringBuilder("\r\nMSSP-REPLY-START\r\n");
        table.get()
                .forEach(
                        (name, values) -> {
                            reply.append(clean(name));
                            values.forEach(value -> reply.append('\t').append(clean(value)));
                            reply.append("\r\n");
                        });
        reply.append("MSSP-REPLY-END\r\n");
        link.write(new TelnetEvent.Data(reply.toString().getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    private static byte[] bytes(String text) {
        return clean(text).getBytes(StandardCharsets.UTF_8);
    }

    /** Removes the bytes that delimit names and values, or end lines. */
    private static String clean(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? text.replaceAll("\\p{Cntrl}", " ")
                : text;
    }
}
