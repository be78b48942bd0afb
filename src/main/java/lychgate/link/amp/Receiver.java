package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.amp.MalformedException;

/** What is done with what comes to {@link AmpLoop}. All is called on the loop's thread. */
interface Receiver {
    /** A box has come. */
    void received(AmpConnection connection, Box box) throws MalformedException;

    /** Whether a user of this machine may connect. */
    boolean admits(long uid);

    /** A connection is gone. */
    void lost(AmpConnection connection);

    /** Something was not AMP, or a peer did not show what it is. */
    void refused(String reason);

    /** All that was ready has been done, which took so long: who came meanwhile has waited. */
    void roundOver(long nanos);

    /** About ten times a second. */
    void tick(long now);
}
