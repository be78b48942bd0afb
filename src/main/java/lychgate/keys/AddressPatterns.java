package lychgate.keys;

import lychgate.address.Addresses;
import lychgate.address.Cidr;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * From where a key is good: the value of {@code from=""}. Addresses, networks and patterns with
 * {@code *} and {@code ?}; one of them must fit, and none that a {@code !} denies. Names of hosts
 * are not looked up.
 *
 * @param allowed those that let in
 * @param denied those that keep out
 */
record AddressPatterns(List<Predicate<InetAddress>> allowed, List<Predicate<InetAddress>> denied) {
    private static final Pattern WILD = Pattern.compile("[0-9a-f.:*?]*[*?][0-9a-f.:*?]*");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-f.:%]*:.*|.*/.*");

    AddressPatterns {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /**
     * Reads the value, without its quotes.
     *
     * @throws RefusedKey if something in it could not be honoured
     */
    static AddressPatterns parse(String value) throws RefusedKey {
        List<Predicate<InetAddress>> allowed = new ArrayList<>();
        List<Predicate<InetAddress>> denied = new ArrayList<>();
        boolean names = false;
        for (String each : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            boolean denies = each.strip().startsWith("!");
            String pattern = denies ? each.strip().substring(1) : each.strip();
            Cidr network = Cidr.parse(pattern);
            if (network != null) {
                (denies ? denied : allowed).add(network::contains);
            } else if (WILD.matcher(pattern).matches() && !isName(pattern)) {
                (denies ? denied : allowed).add(wild(pattern));
            } else if (LITERAL.matcher(pattern).matches()) {
                throw new RefusedKey(
                        "from has " + pattern + ", which is neither an address nor a network");
            } else if (denies) {
                throw new RefusedKey(
                        "from denies " + pattern + ", and names of hosts are not looked up");
            } else {
                names |= !pattern.isEmpty();
            }
        }
        if (names && allowed.isEmpty()) {
            throw new RefusedKey("from has names alone, and names of hosts are not looked up");
        }
        return new AddressPatterns(allowed, denied);
    }

    /** Whether a key is good from there. */
    boolean fit(InetAddress address) {
        return denied.stream().noneMatch(pattern -> pattern.test(address))
                && allowed.stream().anyMatch(pattern -> pattern.test(address));
    }

    /** {@code *.cafe}: letters that an address of IPv6 may have, without its colons. */
    private static boolean isName(String pattern) {
        return pattern.indexOf(':') < 0 && pattern.chars().anyMatch(c -> c >= 'a' && c <= 'f');
    }

    private static Predicate<InetAddress> wild(String pattern) {
        String regex =
                pattern.chars()
                        .mapToObj(
                                c ->
                                        switch (c) {
                                            case '*' -> ".*";
                                            case '?' -> ".";
                                            default -> Pattern.quote(Character.toString(c));
                                        })
                        .collect(Collectors.joining());
        Predicate<String> matches = Pattern.compile(regex).asMatchPredicate();
        return address -> matches.test(Addresses.text(address));
    }
}
