package lychgate.examples.irc;

import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the game wants: the keys are those of Evennia.
 *
 * @param host of the IRC network ({@code network})
 * @param port of it ({@code port}, which may be a text)
 * @param tls whether to speak TLS ({@code ssl})
 * @param channel the one channel that is joined ({@code channel})
 * @param nick the name of the bot ({@code botname})
 */
record IrcConfig(String host, int port, boolean tls, String channel, String nick) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern CHANNEL = Pattern.compile("[#&+!][^\\s,\\p{Cntrl}]{1,63}");

    /** RFC 2812, 2.3.1, but longer: networks allow up to 30 characters. */
    private static final Pattern NICK =
            Pattern.compile("[A-Za-z\\[\\]\\\\`_^{|}][A-Za-z0-9\\[\\]\\\\`_^{|}-]{0,29}");

    private static final int PORT = 6667;
    private static final int TLS_PORT = 6697;
    private static final int LAST_PORT = 65_535;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if something is missing or cannot be meant
     */
    static IrcConfig of(Map<String, @Nullable Object> config) {
        boolean tls = Values.truth(config.get("ssl"));
        return new IrcConfig(
                text(config, "network", HOST),
                port(config.get("port"), tls),
                tls,
                text(config, "channel", CHANNEL),
                text(config, "botname", NICK));
    }

    /** Where the bot is, as Evennia tells its own. */
    String address() {
        return channel + "@" + host;
    }

    /** Whether that can be the name of somebody, or of a channel. */
    static boolean isTarget(String name) {
        return NICK.matcher(name).matches() || CHANNEL.matcher(name).matches();
    }

    private static String text(Map<String, @Nullable Object> config, String key, Pattern form) {
        String value = Values.text(config.get(key));
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException("the bot's " + key + " cannot be \"" + value + "\"");
        }
        return value;
    }

    private static int port(@Nullable Object value, boolean tls) {
        if (value == null) {
            return tls ? TLS_PORT : PORT;
        }
        try {
            int port = Integer.parseInt(Values.text(value).strip());
            if (port > 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "the bot's port cannot be \"" + Values.text(value) + "\"");
    }
}
