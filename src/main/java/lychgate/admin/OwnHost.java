package lychgate.admin;

import lychgate.address.Addresses;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that the Host of a request is this machine: an address, {@code localhost}, or the
 * machine's name. Another site can make its own name point here, but the browser still sends that
 * name as the Host (DNS rebinding).
 */
final class OwnHost {
    private static final Logger log = LoggerFactory.getLogger(OwnHost.class);

    /** {@code host}, {@code host:port} or {@code [address]:port} (RFC 9110, 7.2). */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([^\\[\\]]*)]|([^\\[\\]:]*))(?::([0-9]{0,5}))?");

    private static final Path KERNELS_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    private static final int MAX_PORT = 65_535;

    private final Supplier<Set<String>> names;

    /**
     * @param names of the machine, in lower case; looked up when needed
     */
    OwnHost(Supplier<Set<String>> names) {
        this.names = names;
    }

    /** This machine, whose names are looked up once, when first needed. */
    static OwnHost ofThisMachine() {
        return new OwnHost(new Names());
    }

    private static final class Names implements Supplier<Set<String>> {
        private Set<String> found = Set.of();

        @Override
        public synchronized Set<String> get() {
            if (found.isEmpty()) {
                found = names(machinesNames(), domains());
            }
            return found;
        }
    }

    /** Whether it is this machine, on any port, since ports may be forwarded. */
    boolean isOwn(String authority) {
        Matcher parts = AUTHORITY.matcher(authority.strip());
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(3);
        if (port != null && !port.isEmpty() && Integer.parseInt(port) > MAX_PORT) {
            return false;
        }
        String bracketed = parts.group(1);
        if (bracketed != null) {
            String address = bracketed.replace("%25", "%"); // RFC 6874
            return Addresses.isLiteral(address) && address.contains(":");
        }
        String name = withoutDot(parts.group(2).toLowerCase(Locale.ROOT));
        return Addresses.isLiteral(name) || name.equals("localhost") || names.get().contains(name);
    }

    /** Removes the dot at the end of a fully qualified name. */
    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Each name without its domain, with it, and with the search domains. */
    static Set<String> names(List<String> known, List<String> domains) {
        Set<String> names = new HashSet<>();
        for (String each : known) {
            String name = withoutDot(each.strip().toLowerCase(Locale.ROOT));
            if (name.isEmpty() || Addresses.isLiteral(name)) {
                continue;
            }
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            names.add(name);
            names.add(first);
            domains.forEach(
                    domain -> names.add(first + "." + withoutDot(domain.toLowerCase(Locale.ROOT))));
        }
        names.add("localhost");
        return names;
    }

    private static List<String> machinesNames() {
        String kernels = "";
        try {
            kernels = Files.readString(KERNELS_NAME);
        } catch (IOException e) {
            log.debug("the kernel does not say the machine's name", e);
        }
        try {
            InetAddress own = InetAddress.getLocalHost();
            return List.of(kernels, own.getHostName(), own.getCanonicalHostName());
        } catch (UnknownHostException e) {
            log.debug("the machine's name is in no table", e);
            return List.of(kernels);
        }
    }

    /** The search domains of this machine. */
    private static List<String> domains() {
        try {
            return Files.readAllLines(RESOLVER).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words[0].equals("search") || words[0].equals("domain"))
                    .flatMap(words -> Arrays.stream(words).skip(1))
                    .filter(domain -> !domain.isEmpty() && !domain.equals("."))
                    .toList();
        } catch (IOException e) {
            log.debug("no domains are known", e);
            return List.of();
        }
    }
}
