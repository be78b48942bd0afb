package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.amp.MalformedException;

/** Handles what {@link AmpLoop} reads. Called on the loop's thread. */
interface Receiver {
    /** A box has been received. */
    void received(AmpConnection connection, Box box) throws MalformedException;

    /** Whether a user of this machine may connect. */
    boolean admits(long uid);

    /** A connection has been closed, by either side. */
    void lost(AmpConnection connection);

    /** A connection has been refused or closed for that reason, to be counted. */
    void refused(String reason);

    /** A round is over. It took so long, which is how long other work may have waited. */
    void roundOver(long nanos);

    /** About ten times a second. */
    void tick(long now);
}
