package lychgate.keys;

import lychgate.address.Addresses;
import lychgate.address.Cidr;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose public keys are let in: {@code keys/authorized_keys}, in OpenSSH's format (sshd(8)). The
 * comment of a line is the account whose key it is. Of the options, {@code from} is honoured; the
 * others say what a shell may do, and mean nothing here. A line that cannot be read is passed over
 * with a warning.
 *
 * <p>Read anew when the file has changed. Any thread may ask.
 */
public final class AuthorizedKeys {
    private static final Logger log = LoggerFactory.getLogger(AuthorizedKeys.class);

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Pattern FROM = Pattern.compile("(?:^|,)from=\"([^\"]*)\"");

    private final Path file;
    private @Nullable Object seen;
    private List<Line> lines = List.of();

    /**
     * A line of the file.
     *
     * @param blob the key as it crosses the wire (RFC 4253, 6.6)
     * @param account whose key it is
     * @param from patterns of addresses from which it is good; empty: from everywhere
     */
    private record Line(byte[] blob, String account, List<String> from) {}

    /**
     * @param file that need not be there
     */
    public AuthorizedKeys(Path file) {
        this.file = file;
    }

    /**
     * The accounts whose key it is, when it is used from that address; none if it is not listed.
     *
     * @param blob the key as it crosses the wire (RFC 4253, 6.6)
     */
    public List<String> accounts(byte[] blob, InetAddress from) {
        return lines().stream()
                .filter(line -> Arrays.equals(line.blob, blob) && isFrom(line.from, from))
                .map(Line::account)
                .toList();
    }

    private synchronized List<Line> lines() {
        try {
            PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
            List<?> state =
                    List.of(
                            now.lastModifiedTime(),
                            now.size(),
                            String.valueOf(now.fileKey()),
                            now.permissions());
            if (!state.equals(seen)) {
                seen = state;
                lines = read();
            }
        } catch (NoSuchFileException e) {
            seen = null;
            lines = List.of();
        } catch (IOException e) {
            log.warn("{} cannot be read, no key is let in: {}", file, e.getMessage());
            lines = List.of();
        }
        return lines;
    }

    private List<Line> read() throws IOException {
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        if (open.stream().anyMatch(WRITABLE_BY_OTHERS::contains)) {
            log.warn("{} can be written by others, no key is let in: chmod go-w it", file);
            return List.of();
        }
        List<Line> read = new ArrayList<>();
        int number = 0;
        for (String text : Files.readString(file).lines().toList()) {
            number++;
            String stripped = text.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            Line line = line(stripped);
            if (line == null) {
                log.warn(
                        "{}, line {}: is not [OPTIONS] TYPE KEY ACCOUNT; it is passed over",
                        file,
                        number);
            } else {
                read.add(line);
            }
        }
        return List.copyOf(read);
    }

    /** The line; null where it is none. */
    private static @Nullable Line line(String text) {
        List<String> words = words(text, 3);
        byte[] blob = words.size() > 1 ? blob(words.get(0), words.get(1)) : null;
        if (blob != null) {
            String account = String.join(" ", words.subList(2, words.size())).strip();
            return account.isEmpty() ? null : new Line(blob, account, List.of());
        }
        words = words(text, 4);
        blob = words.size() > 3 ? blob(words.get(1), words.get(2)) : null;
        if (blob == null || words.get(3).isBlank()) {
            return null;
        }
        String options = words.get(0).toLowerCase(Locale.ROOT);
        List<String> from = from(options);
        boolean unread = from.isEmpty() && options.contains("from=");
        return unread || options.contains("cert-authority")
                ? null
                : new Line(blob, words.get(3).strip(), from);
    }

    /** Words, of which the last is all the rest; blanks in quotes are part of a word. */
    private static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length() && words.size() < most - 1) {
            int end = endOfWord(text, at);
            words.add(text.substring(at, end));
            at = end;
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }
        if (at < text.length()) {
            words.add(text.substring(at));
        }
        return words;
    }

    private static int endOfWord(String text, int from) {
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && (at == 0 || text.charAt(at - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && isBlank(c)) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The key's bytes, which begin with its type; null where they do not. */
    private static byte @Nullable [] blob(String type, String base64) {
        try {
            byte[] blob = Base64.getDecoder().decode(base64);
            ByteBuffer in = ByteBuffer.wrap(blob);
            byte[] named = type.getBytes(StandardCharsets.UTF_8);
            if (in.remaining() <= 4 + named.length || in.getInt() != named.length) {
                return null;
            }
            byte[] own = new byte[named.length];
            in.get(own);
            return Arrays.equals(own, named) ? blob : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The patterns of {@code from="…"}; those of several add up. */
    private static List<String> from(String options) {
        List<String> patterns = new ArrayList<>();
        FROM.matcher(options)
                .results()
                .forEach(found -> patterns.addAll(List.of(found.group(1).split(",", -1))));
        return List.copyOf(patterns);
    }

    /** One pattern must fit, and none that is denied by a {@code !}. No name is looked up. */
    private static boolean isFrom(List<String> patterns, InetAddress address) {
        if (patterns.isEmpty()) {
            return true;
        }
        boolean some = false;
        for (String each : patterns) {
            String pattern = each.strip();
            boolean denied = pattern.startsWith("!");
            if (fits(denied ? pattern.substring(1) : pattern, address)) {
                if (denied) {
                    return false;
                }
                some = true;
            }
        }
        return some;
    }

    private static boolean fits(String pattern, InetAddress address) {
        Cidr network = Cidr.parse(pattern);
        if (network != null) {
            return network.contains(address);
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.matches(regex.toString(), Addresses.text(address));
    }
}
