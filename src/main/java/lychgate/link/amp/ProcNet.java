package lychgate.link.amp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads the users of sockets from {@code /proc/net/tcp} and {@code tcp6}, which list each TCP
 * socket of this machine with the user who opened it (proc(5)). Only loopback connections have both
 * ends there.
 */
public final class ProcNet implements Peers {
    private static final Logger log = LoggerFactory.getLogger(ProcNet.class);

    /** What the kernel writes before an IPv4 address in an IPv6 socket: {@code ::ffff:0:0/96}. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private static final String LISTENING = "0A";
    private static final String NO_INODE = "0";
    private static final int WORD = 4;

    private final Path folder;

    /** Reads from {@code /proc/self}, which stays readable where a unit hides the rest of it. */
    public ProcNet() {
        this(Path.of("/proc/self"));
    }

    ProcNet(Path folder) {
        this.folder = folder;
    }

    /** One socket of the tables. */
    private record Socket(String state, String uid, String inode) {}

    /** All sockets, by their own and the other end's address. */
    private record Table(Map<String, Socket> sockets, boolean listens) {
        /** The entry of a connection's other end, in either table. */
        Owner owner(Pair connection) {
            if (!listens) {
                return new Unknown(); // these are another network's tables
            }
            for (boolean mapped : new boolean[] {false, true}) {
                Socket socket =
                        sockets.get(
                                text(connection.peer(), mapped)
                                        + ' '
                                        + text(connection.own(), mapped));
                if (socket != null && !socket.inode.equals(NO_INODE)) {
                    return new User(Long.parseLong(socket.uid));
                }
            }
            return new Gone(); // a socket without an inode is nobody's, and shown as root's
        }
    }

    @Override
    public List<Owner> owners(List<Pair> connections) {
        if (connections.stream().noneMatch(ProcNet::isLoopback)) {
            return connections.stream().<Owner>map(_ -> new Unknown()).toList();
        }
        List<Owner> owners = find(connections);
        // The tables are read in pieces, between which the kernel may move an entry.
        return owners.contains(new Gone()) ? merged(owners, find(connections)) : owners;
    }

    private List<Owner> find(List<Pair> connections) {
        int port = connections.getFirst().own().getPort();
        Table table;
        try {
            table = read(port);
        } catch (IOException e) {
            log.debug("cannot read the sockets' users", e);
            return connections.stream().<Owner>map(_ -> new Unknown()).toList();
        }
        return connections.stream()
                .map(each -> isLoopback(each) ? table.owner(each) : new Unknown())
                .toList();
    }

    private static List<Owner> merged(List<Owner> first, List<Owner> second) {
        List<Owner> merged = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            merged.add(first.get(i) instanceof Gone ? second.get(i) : first.get(i));
        }
        return merged;
    }

    private static boolean isLoopback(Pair connection) {
        return connection.peer().getAddress().isLoopbackAddress();
    }

    @Override
    public OptionalLong self() {
        try {
            return Files.readAllLines(folder.resolve("status")).stream()
                    .map(line -> line.split("\\s+", -1))
                    .filter(fields -> fields.length > 4 && fields[0].equals("Uid:"))
                    .mapToLong(fields -> Long.parseLong(fields[4])) // the effective user
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            log.debug("cannot read the process's user", e);
            return OptionalLong.empty();
        }
    }

    private Table read(int port) throws IOException {
        String own = ":" + hex(port);
        Map<String, Socket> sockets = new HashMap<>();
        boolean listens = false;
        for (String name : List.of("tcp", "tcp6")) {
            Path file = folder.resolve("net").resolve(name);
            if (!Files.exists(file)) {
                continue; // a kernel without IPv6
            }
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                if (!line.contains(own)) {
                    continue;
                }
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > 9) {
                    sockets.put(
                            fields[1] + ' ' + fields[2],
                            new Socket(fields[3], fields[7], fields[9]));
                    listens |= fields[3].equals(LISTENING) && fields[1].endsWith(own);
                }
            }
        }
        return new Table(sockets, listens);
    }

    /** An address as the tables have it: words of the machine's byte order, in hexadecimal. */
    private static String text(InetSocketAddress address, boolean mapped) {
        InetAddress ip = address.getAddress();
        byte[] bytes = ip.getAddress();
        if (mapped && ip instanceof Inet4Address) {
            byte[] longer = new byte[MAPPED.length + bytes.length];
            System.arraycopy(MAPPED, 0, longer, 0, MAPPED.length);
            System.arraycopy(bytes, 0, longer, MAPPED.length, bytes.length);
            bytes = longer;
        }
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < bytes.length; word += WORD) {
            for (int i = 0; i < WORD; i++) {
                text.append(String.format("%02X", bytes[word + (little ? WORD - 1 - i : i)]));
            }
        }
        return text.append(':').append(hex(address.getPort())).toString();
    }

    private static String hex(int port) {
        return String.format("%04X", port);
    }
}
