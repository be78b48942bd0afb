package lychgate.admin;

import lychgate.address.Cidr;

import java.io.IOException;
import java.util.List;

/** The operations of a running portal. Any thread may call. */
public interface Operations {

    /** The portal's status. */
    Status status();

    /** The sessions, ordered by number. */
    List<SessionRow> sessions();

    /**
     * Ends a session and tells its player why.
     *
     * @return false if there is no such session
     */
    boolean kick(long sessid, String reason);

    /**
     * Bans a network and ends its sessions.
     *
     * @throws IOException if it cannot be saved; it is in effect until the next start
     */
    void ban(Cidr network) throws IOException;

    /**
     * Lifts a ban.
     *
     * @return false if the network was not banned
     * @throws IOException if it cannot be saved; it is in effect until the next start
     */
    boolean unban(Cidr network) throws IOException;

    /** All bans. */
    List<Cidr> bans();

    /**
     * Reads the configuration again and restarts the game; the sessions stay.
     *
     * @throws IOException if it fails, and nothing has changed: the message says why
     */
    void reload() throws IOException;

    /** Says something to every player. */
    void say(String words);
}
