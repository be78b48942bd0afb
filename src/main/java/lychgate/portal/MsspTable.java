package lychgate.portal;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.config.Configuration;
import lychgate.transport.telnet.front.TelnetConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The MSSP table: fields that the portal fills in, and those of {@code mssp.toml}, which cannot
 * override them. Any thread may ask.
 */
public final class MsspTable {
    private static final Logger log = LoggerFactory.getLogger(MsspTable.class);

    private static final String YES = "1";
    private static final String NO = "0";

    /** The fields that the portal fills in. */
    static final Set<String> FILLED_IN =
            Set.of(
                    "NAME",
                    "PLAYERS",
                    "UPTIME",
                    "PORT",
                    "TLS",
                    "SSL",
                    "ANSI",
                    "VT100",
                    "XTERM 256 COLORS",
                    "XTERM TRUE COLORS",
                    "UTF-8",
                    "GMCP",
                    "MSDP",
                    "MCCP",
                    "MXP",
                    "ATCP",
                    "MCP",
                    "MSP",
                    "PUEBLO",
                    "ZMP");

    private final Supplier<Configuration> configuration;
    private final String version;
    private final Instant started;
    private final IntSupplier players;
    private final Supplier<Map<String, Integer>> ports;
    private final TelnetConfig atStart;
    private final List<Listening> telnet;

    /**
     * @param configuration the current one; listeners are those of the start
     * @param version of Lychgate
     * @param started when the portal started
     * @param players the number of sessions that are logged in
     * @param ports the ports of the services that listen, by name
     */
    MsspTable(
            Supplier<Configuration> configuration,
            String version,
            Instant started,
            IntSupplier players,
            Supplier<Map<String, Integer>> ports) {
        this.configuration = configuration;
        this.version = version;
        this.started = started;
        this.players = players;
        this.ports = ports;
        this.atStart = configuration.get().telnet();
        this.telnet = atStart.listening(configuration.get().portal().listenAddress());
        for (String name : configuration.get().mssp().keySet()) {
            if (isFilledIn(name)) {
                log.warn("mssp.toml: {} is ignored: the portal fills it in", name);
            }
        }
    }

    /** Whether the portal fills in a field, whatever {@code mssp.toml} says. */
    public static boolean isFilledIn(String name) {
        return FILLED_IN.contains(name);
    }

    /** All fields as they are now, in order. */
    Map<String, List<String>> now() {
        Map<String, List<String>> known = known();
        Map<String, List<String>> all = new LinkedHashMap<>(known);
        all.put("CRAWL DELAY", List.of("-1")); // as often as the list likes
        all.put("CODEBASE", List.of("Lychgate " + version));
        all.put("FAMILY", List.of("Custom"));
        configuration.get().mssp().forEach(all::put);
        all.putAll(known);
        return all;
    }

    private Map<String, List<String>> known() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        known.put("NAME", List.of(configuration.get().portal().name()));
        known.put("PLAYERS", List.of(Integer.toString(players.getAsInt())));
        known.put("UPTIME", List.of(Long.toString(started.getEpochSecond())));
        String tls = port(Security.TLS, Security.EITHER);
        known.put("PORT", List.of(port(Security.PLAIN, Security.EITHER)));
        known.put("TLS", List.of(tls)); // the newer name
        known.put("SSL", List.of(tls));
        known.put("ANSI", List.of(YES));
        known.put("VT100", List.of(NO));
        known.put("XTERM 256 COLORS", List.of(YES));
        known.put("XTERM TRUE COLORS", List.of(YES));
        known.put("UTF-8", List.of(YES));
        known.put("GMCP", List.of(YES));
        known.put("MSDP", List.of(YES));
        known.put("MCCP", List.of(atStart.mccpLevel() > 0 ? YES : NO));
        known.put("MXP", List.of(YES));
        known.put("ATCP", List.of(NO));
        known.put("MCP", List.of(NO));
        known.put("MSP", List.of(NO));
        known.put("PUEBLO", List.of(NO));
        known.put("ZMP", List.of(NO));
        return known;
    }

    /**
     * The port of the telnet service with the first of these securities that listens; 0, as MSSP
     * wants it, for none.
     */
    private String port(Security... securities) {
        Map<String, Integer> open = ports.get();
        return Stream.of(securities)
                .flatMap(security -> telnet.stream().filter(at -> at.security() == security))
                .map(at -> open.get(at.service()))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse(NO);
    }
}
