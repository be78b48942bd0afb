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
 * The addresses that a key may be used from: the value of {@code from=""}. Addresses, networks and
 * patterns with {@code *} and {@code ?}; an address must match one of them, and none that is
 * negated with {@code !}. Host names are not looked up.
 *
 * @param allowed the patterns that allow an address
 * @param denied the patterns that deny one
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
     * @throws RefusedKey if a part of it cannot be enforced
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

    /** Whether the key may be used from an address. */
    boolean fit(InetAddress address) {
        return denied.stream().noneMatch(pattern -> pattern.test(address))
                && allowed.stream().anyMatch(pattern -> pattern.test(address));
    }

    /** Whether it matches host names only, as {@code *.cafe}: letters, but no colon. */
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
