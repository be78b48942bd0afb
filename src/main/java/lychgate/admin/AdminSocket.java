package lychgate.admin;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the operator's commands through a Unix socket in {@code var/}, which only its owner may
 * open: a line of JSON asks, a line answers, and the connection ends.
 *
 * <p>It is made in a folder that nobody else may enter and then moved to its place, so that it is
 * at no time open to others.
 */
public final class AdminSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminSocket.class);

    /** Commands that are carried out at a time; more wait. */
    private static final int MAX_AT_A_TIME = 16;

    /** How long none is taken when one could not be: the system is short of something. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final Commands commands;
    private final ServerSocketChannel listener;
    private final Semaphore room = new Semaphore(MAX_AT_A_TIME);

    private AdminSocket(Path file, Commands commands, ServerSocketChannel listener) {
        this.file = file;
        this.commands = commands;
        this.listener = listener;
    }

    /** Where the socket of a portal is. */
    public static Path in(Path var) {
        return var.resolve("admin.sock");
    }

    /**
     * Opens it; one that was left behind is replaced.
     *
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    public static AdminSocket open(Path var, Operations portal) throws IOException {
        Path file = in(var);
        try {
            Path closed =
                    Files.createTempDirectory(
                            var,
                            ".admin",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            Path made = closed.resolve("s");
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                listener.bind(UnixDomainSocketAddress.of(made));
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
                Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                listener.close();
                throw e;
            } finally {
                Files.deleteIfExists(made);
                Files.delete(closed);
            }
            AdminSocket socket = new AdminSocket(file, new Commands(portal), listener);
            Thread.ofPlatform().name("lychgate-admin").daemon().start(socket::accept);
            return socket;
        } catch (IOException e) {
            throw new IOException(
                    "The socket "
                            + file
                            + " cannot be made ("
                            + e.getMessage()
                            + "): make its folder writable for this user, or name a shorter one"
                            + " with --var.",
                    e);
        }
    }

    /**
     * Asks the portal that runs on a folder.
     *
     * @throws AccessDeniedException if there may be one, but not for this user
     * @throws IOException if there is none, or it does not answer
     */
    public static Answer ask(Path var, String command, List<String> arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(in(var)))) {
            write(channel, Json.write(Map.of("command", command, "arguments", arguments)));
            return Answer.parse(line(channel));
        } catch (MalformedException e) {
            throw new IOException("it does not answer as a portal does", e);
        } catch (SocketException e) {
            throw isOfAnother(var) ? new AccessDeniedException(var.toString()) : e;
        }
    }

    /** Whether the socket, or the folder in which it would be, is closed to this user. */
    private static boolean isOfAnother(Path var) {
        return Files.exists(in(var))
                ? !Files.isWritable(in(var))
                : Files.exists(var) && !Files.isExecutable(var);
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} is left behind: {}", file, e.getMessage());
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                room.acquire();
                SocketChannel channel = listener.accept();
                Thread.ofVirtual().name("lychgate-admin-command").start(() -> serve(channel));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                room.release();
                log.warn("a command was not taken: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            write(channel, answer(line(channel)).line());
        } catch (IOException e) {
            log.warn("a command was not answered: {}", e.getMessage());
        } finally {
            room.release();
        }
    }

    private Answer answer(String line) {
        try {
            if (Json.read(line) instanceof Map<?, ?> request
                    && request.get("command") instanceof String command
                    && request.get("arguments") instanceof List<?> arguments) {
                return commands.run(command, arguments.stream().map(String::valueOf).toList());
            }
            return Answer.refused("That is no command.");
        } catch (MalformedException e) {
            return Answer.refused("That is no command.");
        } catch (RuntimeException e) {
            log.error("a command has failed", e);
            return Answer.refused("The command has failed; the portal's log says why.");
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        String line =
                new BufferedReader(
                                new InputStreamReader(
                                        Channels.newInputStream(channel), StandardCharsets.UTF_8))
                        .readLine();
        return line == null ? "" : line;
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
