package lychgate.config;

import lychgate.address.Addresses;
import lychgate.address.HostPort;
import lychgate.address.Listening;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;

/** Finds services that would listen on the same port. */
final class SharedPorts {
    private static final String WEBSITE = "evennia.website";

    private SharedPorts() {}

    /** Reports each service whose port is already that of another. */
    static void report(List<Listening> services, SettingsReader reader, Mistakes mistakes) {
        for (int i = 1; i < services.size(); i++) {
            Listening later = services.get(i);
            services.subList(0, i).stream()
                    .filter(earlier -> conflict(earlier, later))
                    .findFirst()
                    .ifPresent(earlier -> report(earlier, later, reader, mistakes));
        }
    }

    /** Reports a website of the game that would be our own web port: requests would go round. */
    static void report(
            @Nullable HostPort website,
            Configuration configuration,
            SettingsReader reader,
            Mistakes mistakes) {
        Origin origin = reader.origin(WEBSITE);
        if (website == null || origin == null || !isLocal(website.host())) {
            return;
        }
        configuration.listening().stream()
                .filter(own -> own.port() == website.port())
                .findFirst()
                .ifPresent(
                        own ->
                                mistakes.add(
                                        origin,
                                        "%s = \"%s\": must not be that of %s"
                                                .formatted(WEBSITE, website, own.key())));
    }

    private static boolean isLocal(String host) {
        InetAddress address = Addresses.literal(host);
        return address == null
                ? host.equalsIgnoreCase("localhost")
                : address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    /** Port 0 never conflicts: it is any free port. */
    private static boolean conflict(Listening one, Listening other) {
        return one.port() != 0
                && one.port() == other.port()
                && overlap(
                        InetAddress.ofLiteral(one.address()),
                        InetAddress.ofLiteral(other.address()));
    }

    private static boolean overlap(InetAddress one, InetAddress other) {
        return one.equals(other) || one.isAnyLocalAddress() || other.isAnyLocalAddress();
    }

    /** Reports it where a port was set: a default is nobody's mistake. */
    private static void report(
            Listening earlier, Listening later, SettingsReader reader, Mistakes mistakes) {
        boolean laterIsSet = reader.origin(later.key()) != null;
        Listening wrong = laterIsSet ? later : earlier;
        Listening other = laterIsSet ? earlier : later;
        Origin origin = reader.origin(wrong.key());
        if (origin != null) {
            mistakes.add(
                    origin,
                    "%s = %d: must not be that of %s"
                            .formatted(wrong.key(), wrong.port(), other.key()));
        }
    }
}
