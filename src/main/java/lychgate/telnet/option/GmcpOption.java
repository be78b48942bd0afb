package lychgate.telnet.option;

import lychgate.oob.Gmcp;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.Verb;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.TreeMap;

/**
 * GMCP: carries out-of-band commands in the notation of {@link Gmcp}.
 *
 * <p>When the game has been restarted, the offer is repeated although it was accepted: upon that
 * Mudlet sends Hello again, and the new game learns what the old one knew.
 *
 * <p>Of the package Core, the portal itself answers {@code Ping}, consumes {@code KeepAlive} and
 * {@code Goodbye}, and sends {@code Goodbye} with the reason before it ends a session: they concern
 * the connection. {@code Hello} (the command {@code client_options}) and {@code Supports} go to the
 * game, and what they say about the client is kept.
 */
final class GmcpOption implements TelnetOption {
    /** Packages kept per client: more than Mudlet names with all its add-ons. */
    private static final int MAX_PACKAGES = 64;

    /** Characters of a package name that are kept. */
    private static final int MAX_NAME = 128;

    /** Counts messages that name more packages than are kept. */
    private static final String TOO_MANY = "gmcp_packages";

    private static final String SOURCE = "GMCP";

    private final TreeMap<String, String> packages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    @Override
    public int code() {
        return Telnet.GMCP;
    }

    @Override
    public String name() {
        return "gmcp";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.GMCP, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.GMCP, false, SOURCE);
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        try {
            received(Gmcp.decode(payload), link);
        } catch (MalformedException e) {
            link.malformed(e.kind(name()));
        }
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (!link.on(Side.US)) {
            return false;
        }
        switch (message) {
            case Outbound.Oob(CommandTuple command) -> {
                link.subnegotiate(Gmcp.encode(command));
                return true;
            }
            case Outbound.Reloaded() ->
                    link.write(new TelnetEvent.Negotiation(Verb.WILL, Telnet.GMCP));
            case Outbound.Goodbye(String reason) when !reason.isEmpty() ->
                    link.subnegotiate(Gmcp.encode(CommandTuple.of("goodbye", reason)));
            default -> {} // not carried by GMCP
        }
        return false;
    }

    private void received(CommandTuple command, OptionLink link) {
        switch (command.name().toLowerCase(Locale.ROOT)) {
            case "ping" -> link.subnegotiate(Gmcp.encode(CommandTuple.of("ping")));
            case "keepalive" -> link.deliver(new Inbound.Alive());
            case "goodbye" -> {} // the connection will end; nothing needs to be done before
            case "client_options" -> {
                learnClient(command, link);
                link.deliver(new Inbound.Oob(command));
            }
            case "supports_set" -> {
                packages.clear();
                add(command, link);
            }
            case "supports_add" -> add(command, link);
            case "supports_remove" -> {
                command.names().forEach(packages::remove);
                supported(command, link);
            }
            default -> link.deliver(new Inbound.Oob(command));
        }
    }

    private static void learnClient(CommandTuple hello, OptionLink link) {
        hello.kwargs()
                .forEach(
                        (key, value) -> {
                            Fact<String> fact = fact(key);
                            if (fact != null && value instanceof String text && !text.isBlank()) {
                                link.learned(fact, shortened(text), SOURCE);
                            }
                        });
    }

    /** Mudlet sends the keys in lower case, older documents and clients with a capital. */
    private static @Nullable Fact<String> fact(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "client" -> Fact.CLIENT;
            case "version" -> Fact.VERSION;
            default -> null;
        };
    }

    /** Each entry is a name and a version: {@code "Char.Skills 1"}. */
    private void add(CommandTuple command, OptionLink link) {
        boolean all = true;
        for (String each : command.names()) {
            String wanted = shortened(each);
            int space = wanted.indexOf(' ');
            String name = space < 0 ? wanted : wanted.substring(0, space);
            if (!name.isEmpty()) {
                all &= keep(name, wanted);
            }
        }
        if (!all) {
            link.malformed(TOO_MANY);
        }
        supported(command, link);
    }

    /** Whether another package may be kept. */
    private boolean keep(String name, String wanted) {
        boolean room = packages.size() < MAX_PACKAGES || packages.containsKey(name);
        if (room) {
            packages.put(name, wanted);
        }
        return room;
    }

    private void supported(CommandTuple command, OptionLink link) {
        link.learned(Fact.PACKAGES, String.join(", ", packages.values()), SOURCE);
        link.deliver(new Inbound.Oob(command));
    }

    private static String shortened(String text) {
        String stripped = text.strip();
        return stripped.length() <= MAX_NAME ? stripped : stripped.substring(0, MAX_NAME);
    }
}
