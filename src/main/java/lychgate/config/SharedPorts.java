package lychgate.config;

import lychgate.config.Configuration.Link;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Finds services that would listen on one port. */
final class SharedPorts {
    /** A service that listens. */
    private record Listener(String key, int port, InetAddress address) {
        /** Port 0 is any free one, and never the same. */
        boolean isInTheWayOf(Listener other) {
            boolean overlap =
                    address.equals(other.address)
                            || address.isAnyLocalAddress()
                            || other.address.isAnyLocalAddress();
            return port != 0 && port == other.port && overlap;
        }
    }

    private SharedPorts() {}

    /** Reports each service whose port another has before it. */
    static void report(Configuration configuration, SettingsReader reader, Mistakes mistakes) {
        List<Listener> listeners = listeners(configuration);
        for (int i = 1; i < listeners.size(); i++) {
            Listener later = listeners.get(i);
            listeners.subList(0, i).stream()
                    .filter(later::isInTheWayOf)
                    .findFirst()
                    .ifPresent(earlier -> report(earlier, later, reader, mistakes));
        }
    }

    /** The mistake is where something was set; a default is nobody's. */
    private static void report(
            Listener earlier, Listener later, SettingsReader reader, Mistakes mistakes) {
        boolean laterIsSet = reader.origin(later.key) != null;
        Listener wrong = laterIsSet ? later : earlier;
        Listener other = laterIsSet ? earlier : later;
        Origin origin = reader.origin(wrong.key);
        if (origin != null) {
            mistakes.add(
                    origin,
                    "%s = %d: must not be that of %s".formatted(wrong.key, wrong.port, other.key));
        }
    }

    private static List<Listener> listeners(Configuration configuration) {
        List<Listener> listeners = new ArrayList<>();
        InetAddress all = InetAddress.ofLiteral(configuration.portal().listenAddress());
        if (configuration.telnet().enabled()) {
            listeners.add(new Listener("telnet.port", configuration.telnet().port(), all));
        }
        if (configuration.telnet().tls().enabled()) {
            int port = configuration.telnet().tls().port();
            listeners.add(new Listener("telnet.tls.port", port, all));
        }
        if (configuration.ssh().enabled()) {
            listeners.add(new Listener("ssh.port", configuration.ssh().port(), all));
        }
        if (configuration.game().link() == Link.AMP) {
            InetAddress amp = InetAddress.ofLiteral(configuration.amp().listenAddress());
            listeners.add(new Listener("amp.port", configuration.amp().port(), amp));
        }
        if (configuration.admin().enabled()) {
            InetAddress admin = InetAddress.ofLiteral(configuration.admin().listenAddress());
            listeners.add(new Listener("admin.port", configuration.admin().port(), admin));
        }
        return listeners;
    }
}
