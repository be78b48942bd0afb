package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.TelnetEvent.Negotiation;

import java.time.Duration;
import java.util.List;

/** Everything that an option may do. */
public interface OptionLink {

    /** Whether the option is on. */
    boolean on(Side side);

    /** All options that are on: WILL for ours, DO for the client's. */
    List<Negotiation> agreed();

    /** Sends a message of the option: {@code IAC SB code payload IAC SE}. */
    void subnegotiate(byte... payload);

    /** Sends an event. */
    void write(TelnetEvent event);

    /** Begins or ends compressing everything that is sent from here on: one zlib stream. */
    void compress(boolean compressed);

    /**
     * What follows the message just received is one zlib stream; after its end it is plain again.
     */
    void inflate();

    /** Passes a message on towards the wire. */
    void pass(Outbound message);

    /** Requests that the option be switched on or off. */
    void request(Side side, boolean on);

    /** Tells the session a fact about its client. */
    <T> void learned(Fact<T> fact, T value, String source);

    /** Passes a message of the client to the session. */
    void deliver(Inbound message);

    /** Counts malformed input from the client; {@code kind} is for the counter. */
    void malformed(String kind);

    /**
     * Runs something later, in sequence with everything else of this connection; never after its
     * end.
     */
    void after(Duration delay, Runnable then);
}
