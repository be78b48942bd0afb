package lychgate.admin;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Who gives an order, as the audit log names them.
 *
 * @param name the user, or where the order came from
 */
public record Operator(String name) {

    /** A signal to the process, whose sender is not known. */
    public static final Operator SIGNAL = new Operator("signal");

    /** The portal itself. */
    public static final Operator PORTAL = new Operator("portal");

    /** The game, or its launcher. */
    public static final Operator GAME = new Operator("game");

    /** Somebody at the operator's page. */
    public static Operator atPage(String address) {
        return new Operator("page from " + address);
    }

    /**
     * The user of the process at the other end of a Unix socket, of whom the kernel knows.
     *
     * @param sudoUser on whose behalf root says that it acts; empty for nobody. Root may say what
     *     it likes, anybody else is not believed
     */
    static Operator at(SocketChannel channel, String sudoUser) throws IOException {
        return of(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName(), sudoUser);
    }

    /** The user of this process, for a command that does without the portal. */
    public static Operator ofThisProcess() {
        return of(System.getProperty("user.name", "?"), sudoUser());
    }

    /** On whose behalf sudo runs this process; empty if it does not. */
    static String sudoUser() {
        return System.getenv().getOrDefault("SUDO_USER", "");
    }

    private static Operator of(String user, String sudoUser) {
        boolean behalf = user.equals("root") && !sudoUser.isEmpty();
        return new Operator(behalf ? "root (for " + sudoUser + ")" : "user " + user);
    }
}
