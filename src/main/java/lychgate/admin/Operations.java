package lychgate.admin;

import lychgate.address.Cidr;

import java.io.IOException;
import java.util.List;

/** All that can be asked of a running portal. Any thread may ask. */
public interface Operations {

    /** How it is. */
    Status status();

    /** Its sessions, by their numbers. */
    List<SessionRow> sessions();

    /**
     * Ends a session and tells its player why.
     *
     * @return false if there is none of that number
     */
    boolean kick(long sessid, String reason);

    /**
     * Lets nobody in from there any more, and ends the sessions that are.
     *
     * @throws IOException if that cannot be kept for the next start; it holds until then
     */
    void ban(Cidr network) throws IOException;

    /**
     * Lets them in again.
     *
     * @return false if they were not banned
     * @throws IOException if that cannot be kept for the next start; it holds until then
     */
    boolean unban(Cidr network) throws IOException;

    /** All that are banned. */
    List<Cidr> bans();

    /**
     * Reads the configuration again and restarts the game; the sessions stay.
     *
     * @throws IOException if that cannot be done, and nothing has changed: the message says why
     */
    void reload() throws IOException;

    /** Says something to every player. */
    void say(String words);
}
