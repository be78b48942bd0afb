package lychgate.admin;

import lychgate.address.Cidr;
import lychgate.session.Trace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The operations of a running portal. Any thread may call. Who orders one goes through {@link
 * Commands}, which keeps the audit log.
 */
public interface Operations {

    /** The portal's status. */
    Status status();

    /** The sessions, ordered by number. */
    List<SessionRow> sessions(Players of);

    /**
     * Ends a session and tells its player why.
     *
     * @return false if there is no such session
     */
    boolean kick(long sessid, String reason);

    /**
     * Bans a network and ends its sessions. A ban of the same network is replaced.
     *
     * @throws IOException if it cannot be saved; it is in effect until the next start
     */
    void ban(Ban ban) throws IOException;

    /**
     * Lifts a ban.
     *
     * @return false if the network was not banned
     * @throws IOException if it cannot be saved; it is in effect until the next start
     */
    boolean unban(Cidr network) throws IOException;

    /** All bans that have not ended. */
    List<Ban> bans();

    /**
     * Reads the configuration again, and the files beside it: keys, certificates, login screen,
     * MSSP, log settings.
     *
     * @param scope whether the game is restarted too; the sessions stay
     * @return the sections that differ from what is in effect, until the next start
     * @throws IOException if it fails, and nothing has changed: the message says why
     */
    List<String> reload(Scope scope) throws IOException;

    /** What a reload includes. */
    enum Scope {
        /** What is configured; the game goes on. */
        CONFIGURATION,
        /** The same, and the game is restarted. */
        WITH_GAME
    }

    /**
     * What a session's wire carries, to be followed; null if there is no such session, or nothing
     * is recorded of it.
     */
    @Nullable Trace trace(long sessid);

    /** What is known of a session; null if there is no such session. */
    @Nullable SessionDetails details(long sessid);

    /** Says something to players. */
    void say(String words, Players to);

    /** Whose sessions are meant. */
    enum Players {
        /** All in the game of this portal, also those who came through other portals. */
        ALL,
        /** Those whose clients are connected to this portal. */
        OF_THIS_PORTAL
    }

    /**
     * Refuses newcomers from now on, and ends the portal when the last session has ended. Returns
     * at once; may be called again with another time.
     *
     * @param timeout the time after which it ends in any case; zero: never
     */
    void drain(Duration timeout);
}
