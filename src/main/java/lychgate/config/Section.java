package lychgate.config;

import lychgate.address.Addresses;
import lychgate.address.Cidr;
import lychgate.address.HostPort;
import lychgate.address.WebOrigin;
import lychgate.config.SettingsReader.Found;
import lychgate.nats.ServerUrl;
import lychgate.nats.Subjects;
import lychgate.plugin.Settings;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the keys of one section. */
final class Section implements Settings {
    private static final int MAX_PORT = 65_535;
    private static final Pattern LEADING_ZERO =
            Pattern.compile("(?:^|[.])0[0-9]+[.]|[.]0[0-9]+(?:$|/)|/0[0-9]");

    /** What may be a user and a password, in a URL that is written wrong too. */
    private static final Pattern USER = Pattern.compile("\"[^\"]*@");

    private final SettingsReader reader;
    private final Mistakes mistakes;
    private final String name;

    Section(SettingsReader reader, Mistakes mistakes, String name) {
        this.reader = reader;
        this.mistakes = mistakes;
        this.name = name;
    }

    @Override
    public boolean flag(String key, boolean otherwise) {
        return read(
                key,
                otherwise,
                "true or false",
                value -> value instanceof Boolean flag ? flag : null);
    }

    @Override
    public int number(String key, int otherwise, int least, int most) {
        String allowed =
                most == Integer.MAX_VALUE
                        ? "a whole number, " + least + " or more"
                        : "a whole number from " + least + " to " + most;
        return read(
                key,
                otherwise,
                allowed,
                value ->
                        value instanceof Long n && n >= least && n <= most
                                ? Integer.valueOf(n.intValue())
                                : null);
    }

    /** A limit; 0 means none. */
    int limit(String key, int otherwise) {
        return number(key, otherwise, 0, Integer.MAX_VALUE);
    }

    @Override
    public int port(String key, int otherwise) {
        return read(
                key,
                otherwise,
                "a port, 1 to " + MAX_PORT + ", or 0 for any free one",
                value ->
                        value instanceof Long n && n >= 0 && n <= MAX_PORT
                                ? Integer.valueOf(n.intValue())
                                : null);
    }

    @Override
    public String text(String key, String otherwise) {
        return read(
                key, otherwise, "a text in quotes", value -> value instanceof String s ? s : null);
    }

    /** An address of this machine, as a literal: no name is looked up. */
    String address(String key, String otherwise) {
        return read(
                key,
                otherwise,
                "an IP address of this machine; 0.0.0.0 or :: for all",
                value -> value instanceof String s && isOfThisMachine(s) ? s : null);
    }

    /** A loopback address, as a literal. */
    String localAddress(String key, String otherwise) {
        return read(
                key,
                otherwise,
                "a loopback address, unless " + name + ".allow_remote = true",
                value -> value instanceof String s && isLoopback(s) ? s : null);
    }

    /** A file or folder; null if not set. */
    @Nullable Path path(String key) {
        String path =
                read(
                        key,
                        "",
                        "an absolute path in quotes",
                        value -> value instanceof String s && isPath(s) ? s : null);
        return path.isEmpty() ? null : Path.of(path);
    }

    /**
     * A file; null if not set.
     *
     * @param lacking a setting without which the key means nothing; empty if it is there
     */
    @Nullable Path path(String key, String lacking) {
        if (lacking.isEmpty()) {
            return path(key);
        }
        boolean _ = read(key, false, "left out, unless " + lacking, _ -> null);
        return null;
    }

    /** A folder that exists and can be read; null if not set. */
    @Nullable Path folder(String key) {
        String path =
                read(
                        key,
                        "",
                        "a folder that exists and can be read, as an absolute path in quotes",
                        value -> value instanceof String s && isFolder(s) ? s : null);
        return path.isEmpty() ? null : Path.of(path);
    }

    /**
     * Where another server listens; null if not set.
     *
     * @param lacking a setting without which the key means nothing; empty if it is there
     */
    @Nullable HostPort server(String key, String lacking) {
        List<HostPort> found =
                read(
                        key,
                        List.of(),
                        lacking.isEmpty()
                                ? "a host and a port in quotes: \"127.0.0.1:4005\""
                                : "left out, unless " + lacking,
                        value -> {
                            HostPort server =
                                    value instanceof String s && lacking.isEmpty()
                                            ? HostPort.parse(s)
                                            : null;
                            return server == null ? null : List.of(server);
                        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** A flag that requires another setting. */
    boolean flagThatNeeds(String key, boolean otherwise, String needed, @Nullable Object itsValue) {
        if (itsValue != null) {
            return flag(key, otherwise);
        }
        return read(
                key,
                otherwise,
                "false, unless " + name + "." + needed + " is set",
                value -> Boolean.FALSE.equals(value) ? false : null);
    }

    /** A flag that cannot be true as things are. */
    boolean falseUnless(String key, String condition) {
        return read(
                key,
                false,
                "false, unless " + condition,
                value -> Boolean.FALSE.equals(value) ? false : null);
    }

    /** Servers of NATS, at least one; all encrypted, or none. A mistake shows no password. */
    List<ServerUrl> natsServers(String key, List<ServerUrl> otherwise) {
        return read(
                key,
                otherwise,
                "a list of URLs in quotes, all nats:// or all tls://:"
                        + " [\"nats://user:password@host:4222\"]",
                value -> {
                    List<ServerUrl> servers = parsed(value, ServerUrl::parse);
                    return servers == null
                                    || servers.isEmpty()
                                    || servers.stream().map(ServerUrl::tls).distinct().count() > 1
                            ? null
                            : servers;
                },
                _ -> "",
                value -> USER.matcher(SettingsReader.shown(value)).replaceAll("\"…@"));
    }

    /** A part of a subject of NATS. */
    String natsName(String key, String otherwise) {
        return read(
                key,
                otherwise,
                "letters, digits, - and _",
                value -> value instanceof String s && Subjects.isName(s) ? s : null);
    }

    @Override
    public String choice(String key, String otherwise, List<String> choices) {
        return read(
                key,
                otherwise,
                "one of " + String.join(", ", choices),
                value -> value instanceof String s && choices.contains(s) ? s : null,
                value -> value instanceof String s ? Mistakes.didYouMean(s, choices) : "");
    }

    @Override
    public List<String> texts(String key, List<String> otherwise) {
        return read(key, otherwise, "a list of texts: [\"…\", \"…\"]", Section::texts);
    }

    /** A list of networks in CIDR notation. */
    List<Cidr> networks(String key, List<Cidr> otherwise) {
        return read(
                key,
                otherwise,
                "a list of addresses and networks: [\"192.0.2.7\", \"10.0.0.0/8\"]",
                value -> parsed(value, Cidr::parse),
                Section::leadingZero);
    }

    /** A list of websites, as browsers name them. */
    List<WebOrigin> origins(String key, List<WebOrigin> otherwise) {
        return read(
                key,
                otherwise,
                "a list of websites without a path: [\"https://example.org\"]",
                value -> parsed(value, WebOrigin::parse));
    }

    private <T> T read(
            String key, T otherwise, String allowed, Function<Object, @Nullable T> accept) {
        return read(key, otherwise, allowed, accept, _ -> "");
    }

    private <T> T read(
            String key,
            T otherwise,
            String allowed,
            Function<Object, @Nullable T> accept,
            Function<Object, String> hint) {
        return read(key, otherwise, allowed, accept, hint, SettingsReader::shown);
    }

    private <T> T read(
            String key,
            T otherwise,
            String allowed,
            Function<Object, @Nullable T> accept,
            Function<Object, String> hint,
            Function<Object, String> shown) {
        String full = name + "." + key;
        Found found = reader.find(full);
        if (found == null) {
            return otherwise;
        }
        T accepted = accept.apply(found.value());
        if (accepted == null) {
            mistakes.add(
                    found.origin(),
                    full
                            + " = "
                            + shown.apply(found.value())
                            + ": must be "
                            + allowed
                            + hint.apply(found.value()));
            return otherwise;
        }
        return accepted;
    }

    private static @Nullable List<String> texts(Object value) {
        if (!(value instanceof TomlArray array)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof String text)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    /** Each text of a list, as what it stands for; null if one stands for nothing. */
    private static <T> @Nullable List<T> parsed(Object value, Function<String, @Nullable T> parse) {
        List<String> texts = texts(value);
        if (texts == null) {
            return null;
        }
        List<T> all = new ArrayList<>();
        for (String text : texts) {
            T one = parse.apply(text);
            if (one == null) {
                return null;
            }
            all.add(one);
        }
        return all;
    }

    /** The hint for a number with a leading zero, which is octal to some programs. */
    private static String leadingZero(Object value) {
        List<String> texts = texts(value);
        return texts != null && texts.stream().anyMatch(LEADING_ZERO.asPredicate())
                ? "; a number does not begin with 0"
                : "";
    }

    private static boolean isLoopback(String text) {
        InetAddress address = Addresses.literal(text);
        return address != null && address.isLoopbackAddress();
    }

    private static boolean isPath(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isFolder(String text) {
        return isPath(text)
                && Files.isDirectory(Path.of(text))
                && Files.isReadable(Path.of(text))
                && Files.isExecutable(Path.of(text));
    }

    /**
     * Whether a socket can be bound there, by trying it on a free port: interface lists lack IPv6
     * where systemd hides {@code /proc/net}, and most of the loopback network.
     */
    private static boolean isOfThisMachine(String text) {
        InetAddress address = Addresses.literal(text);
        if (address == null) {
            return false;
        }
        try (ServerSocket tried = new ServerSocket(0, 1, address)) {
            return tried.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            return true; // unknown: the bind at the start will show
        }
    }
}
