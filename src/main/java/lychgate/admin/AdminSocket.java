package lychgate.admin;

import lychgate.admin.AdminClient.Form;
import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts the operator's commands on a Unix socket in {@code var/}, which only its owner may open:
 * the client sends one line of JSON, gets one line back, and the connection is closed. A client
 * that sends nothing, or does not read the answer, blocks nobody else and is disconnected.
 *
 * <p>The socket is created in a private folder and then moved to its place, so that it is never
 * open to others.
 */
public final class AdminSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminSocket.class);

    /**
     * Maximum number of connections; one more closes the oldest that is not running a command. An
     * operator has one, and a monitoring script another.
     */
    static final int MAX_CONNECTIONS = 32;

    /** Maximum length of a command in bytes, many times what a message to all players needs. */
    static final int MAX_LINE = 64 << 10;

    /** Timeout for the command; programs send it at once. */
    private static final Duration ASK = Duration.ofSeconds(5);

    /** Timeout for reading the answer. */
    private static final Duration READ = Duration.ofSeconds(10);

    /** Pause after a failed accept, e.g. when out of file descriptors. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final Commands commands;
    private final AllPortals all;
    private final TraceCommand traces;
    private final ServerSocketChannel listener;
    private final Meters meters;
    private final Times times;
    private final Set<Connection> connections = new LinkedHashSet<>(); // guarded by itself

    private AdminSocket(
            Path file,
            Commands commands,
            AllPortals all,
            TraceCommand traces,
            ServerSocketChannel listener,
            Meters meters,
            Times times) {
        this.file = file;
        this.commands = commands;
        this.all = all;
        this.traces = traces;
        this.listener = listener;
        this.meters = meters;
        this.times = times;
    }

    /** The timeouts of a connection. */
    record Times(Duration ask, Duration read) {}

    /** The socket of the portal that runs on a folder. */
    public static Path in(Path var) {
        return AdminClient.socket(var);
    }

    /**
     * Opens the socket; one left by an earlier process is replaced.
     *
     * @param all carries out the commands that are given to all portals
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    public static AdminSocket open(Path var, Commands commands, AllPortals all, Meters meters)
            throws IOException {
        return open(var, commands, all, meters, new Times(ASK, READ));
    }

    static AdminSocket open(Path var, Commands commands, AllPortals all, Meters meters, Times times)
            throws IOException {
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
            AdminSocket socket =
                    new AdminSocket(
                            file,
                            commands,
                            all,
                            new TraceCommand(commands),
                            listener,
                            meters,
                            times);
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

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("could not delete admin socket {}: {}", file, e.getMessage());
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                Connection connection = new Connection(listener.accept());
                makeRoom(connection);
                Thread.ofVirtual().name("lychgate-admin-command").start(connection);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                log.warn("admin socket: accept failed, retrying: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void makeRoom(Connection newcomer) {
        Optional<Connection> oldest = Optional.empty();
        synchronized (connections) {
            connections.add(newcomer);
            if (connections.size() > MAX_CONNECTIONS) {
                oldest = connections.stream().filter(Connection::waits).findFirst();
                oldest.ifPresent(connections::remove);
            }
        }
        oldest.ifPresent(Connection::giveUp);
    }

    /** One connection: a command, an answer, the end. */
    private final class Connection implements Runnable {
        private enum Phase {
            ASKS,
            RUNS,
            READS
        }

        private final SocketChannel channel;
        private volatile Phase phase = Phase.ASKS;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        /** Whether it is waiting for the client. */
        boolean waits() {
            return phase != Phase.RUNS;
        }

        @Override
        public void run() {
            try (channel) {
                Thread watch = watch(times.ask, Phase.ASKS);
                String line = request(channel);
                phase = Phase.RUNS;
                watch.interrupt();
                if (line == null) {
                    writeInTime(
                            Answer.refused(
                                    "The command is too long: " + MAX_LINE + " bytes at most."));
                } else {
                    carryOut(Request.read(line));
                }
            } catch (IOException e) {
                log.debug("a command was not answered", e);
            } finally {
                synchronized (connections) {
                    connections.remove(this);
                }
            }
        }

        private void carryOut(@Nullable Request request) throws IOException {
            if (request == null) {
                writeInTime(Answer.refused("That is no command."));
                return;
            }
            Operator who = Operator.at(channel, request.sudoUser);
            if (request.command.equals(TraceCommand.NAME)) {
                traces.run(
                        who,
                        request.arguments,
                        answer -> writeInTime(answer == null ? null : answer.in(request.form)));
            } else {
                Answer answer =
                        request.all
                                ? all.run(who, request.command, request.arguments, request.form)
                                : commands.run(who, request.command, request.arguments);
                writeInTime(answer.in(request.form));
            }
        }

        /** Writes a line with an answer; an empty one, if there is none. */
        private void writeInTime(@Nullable Answer answer) throws IOException {
            phase = Phase.READS;
            Thread watch = watch(times.read, Phase.READS);
            OutputStream out = Channels.newOutputStream(channel);
            if (answer == null) {
                out.write('\n');
            } else {
                answer.writeTo(out);
            }
            phase = Phase.RUNS;
            watch.interrupt();
        }

        /** Closes the connection if this step takes longer than that. */
        private Thread watch(Duration time, Phase at) {
            return Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    Thread.sleep(time);
                                    if (phase == at && channel.isOpen()) {
                                        giveUp();
                                    }
                                } catch (InterruptedException e) {
                                    // within its timeout
                                }
                            });
        }

        void giveUp() {
            meters.refused("admin_socket");
            try {
                channel.close();
            } catch (IOException e) {
                log.debug("a connection was closed already", e);
            }
        }
    }

    /** A command with its arguments, and on whose behalf root says that it gives it. */
    private record Request(
            String command, List<String> arguments, String sudoUser, Form form, boolean all) {
        /** Reads one; null if it makes no sense. */
        static @Nullable Request read(String line) {
            try {
                return Json.read(line) instanceof Map<?, ?> request
                                && request.get("command") instanceof String command
                                && request.get("arguments") instanceof List<?> arguments
                        ? new Request(
                                command,
                                arguments.stream().map(String::valueOf).toList(),
                                request.get("sudo_user") instanceof String text ? text : "",
                                form(request.get("form")),
                                Boolean.TRUE.equals(request.get("all")))
                        : null;
            } catch (MalformedException e) {
                return null;
            }
        }

        private static Form form(@Nullable Object name) {
            return Arrays.stream(Form.values())
                    .filter(form -> form.name().equals(name))
                    .findFirst()
                    .orElse(Form.BOTH);
        }
    }

    /** The line with the command; null if it is too long. */
    private static @Nullable String request(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LINE + 1);
        while (bytes.hasRemaining()) {
            int from = bytes.position();
            boolean ended = channel.read(bytes) < 0;
            for (int i = from; i < bytes.position(); i++) {
                ended |= bytes.get(i) == '\n';
            }
            if (ended) {
                String read =
                        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
                return read.lines().findFirst().orElse("");
            }
        }
        return null;
    }
}
