package lychgate.transport.web;

import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.MudGmcp;
import lychgate.transport.web.format.MudJson;
import lychgate.transport.web.format.Terminal;
import lychgate.transport.web.format.V1;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * What is spoken over a WebSocket, by the names that clients offer; the first here is preferred.
 */
enum Subprotocol {
    JSON("json.mudstandards.org", new MudJson()),
    GMCP("gmcp.mudstandards.org", new MudGmcp()),
    TERMINAL("terminal.mudstandards.org", Terminal.BINARY),
    TELNET("telnet.mudstandards.org", null),
    V1("v1.evennia.com", new V1()),
    IETF_TELNET("telnet.ietf.org", null),
    PLAIN_TELNET("telnet", null),
    BINARY("binary", null),
    ASCII("ascii", Terminal.TEXT);

    /** What is spoken with clients that offer nothing, or nothing that we know. */
    static final Subprotocol UNNAMED = V1;

    private final String offered;

    @SuppressWarnings("ImmutableEnumChecker") // a format has no state
    private final @Nullable Format format;

    /**
     * @param format null for telnet, in binary messages
     */
    Subprotocol(String offered, @Nullable Format format) {
        this.offered = offered;
        this.format = format;
    }

    /** The best of those that a client offers; null if none is known. Case counts. */
    static @Nullable Subprotocol among(List<String> offers) {
        for (Subprotocol each : values()) {
            if (offers.contains(each.offered)) {
                return each;
            }
        }
        return null;
    }

    /** The name by which it is offered. */
    String offered() {
        return offered;
    }

    /** What it makes of messages; null for telnet. */
    @Nullable Format format() {
        return format;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
