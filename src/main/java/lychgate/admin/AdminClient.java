package lychgate.admin;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends commands to a running portal. Apart from {@link AdminSocket}, since a command should not
 * take the time to set up a log.
 */
public final class AdminClient {
    private AdminClient() {}

    /** Which form of an answer is wanted: of many sessions, each takes a moment to read. */
    public enum Form {
        /** For people. */
        TEXT,
        /** For scripts. */
        JSON,
        /** Both. */
        BOTH
    }

    /** The socket of the portal that runs on a folder. */
    static Path socket(Path var) {
        return var.resolve("admin.sock");
    }

    /**
     * Sends a command to the portal that runs on a folder.
     *
     * @throws AccessDeniedException if there may be one, but not for this user: the reason is the
     *     name of the user whose it is
     * @throws IOException if there is none, or it does not answer
     */
    public static Answer ask(Path var, String command, List<String> arguments, Form form)
            throws IOException {
        return ask(var, command, arguments, form, false);
    }

    /**
     * The same, to all portals of its realm.
     *
     * @throws AccessDeniedException as {@link #ask}
     * @throws IOException as {@link #ask}
     */
    public static Answer askAll(Path var, String command, List<String> arguments, Form form)
            throws IOException {
        return ask(var, command, arguments, form, true);
    }

    private static Answer ask(
            Path var, String command, List<String> arguments, Form form, boolean all)
            throws IOException {
        List<Answer> answers = new ArrayList<>();
        follow(var, command, arguments, form, all, answers::add);
        if (answers.isEmpty()) {
            throw new IOException("it does not answer");
        }
        return answers.getFirst();
    }

    /**
     * Sends a command that is answered with line after line.
     *
     * @param taker takes each answer
     * @throws AccessDeniedException if there may be a portal, but not for this user
     * @throws IOException if there is none, or it does not answer
     */
    public static void follow(
            Path var, String command, List<String> arguments, Form form, Consumer<Answer> taker)
            throws IOException {
        follow(var, command, arguments, form, false, taker);
    }

    private static void follow(
            Path var,
            String command,
            List<String> arguments,
            Form form,
            boolean all,
            Consumer<Answer> taker)
            throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(var)))) {
            write(
                    channel,
                    Json.write(
                            Map.of(
                                    "command",
                                    command,
                                    "arguments",
                                    arguments,
                                    "form",
                                    form.name(),
                                    "all",
                                    all,
                                    "sudo_user",
                                    Operator.sudoUser())));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) { // else it only asks whether we are there
                    taker.accept(Answer.parse(line));
                }
            }
        } catch (MalformedException e) {
            throw new IOException("it does not answer as a portal does", e);
        } catch (SocketException e) {
            Path closed = closedTo(var);
            throw closed == null
                    ? e
                    : new AccessDeniedException(var.toString(), null, owner(closed));
        }
    }

    /** The socket, or the folder on the way to it, that this user may not open; null for none. */
    private static @Nullable Path closedTo(Path var) {
        if (Files.exists(socket(var))) {
            return Files.isWritable(socket(var)) ? null : socket(var);
        }
        for (Path folder = var.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder)) {
                return Files.isExecutable(folder) ? null : folder;
            }
        }
        return null;
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException e) {
            return "another";
        }
    }

    /** Writes a line. */
    static void write(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
