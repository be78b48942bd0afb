package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.TelnetEvent.Negotiation;

import java.time.Duration;
import java.util.List;

/** All that an option may do. */
public interface OptionLink {

    /** Whether the option is agreed on. */
    boolean on(Side side);

    /** What is agreed on, of all options: WILL what we do, DO what the client does. */
    List<Negotiation> agreed();

    /** Says something for the option: {@code IAC SB code payload IAC SE}. */
    void subnegotiate(byte... payload);

    /** Puts an event on the wire. */
    void write(TelnetEvent event);

    /** Compresses all that is written from here on, or ends that: one zlib stream. */
    void compress(boolean compressed);

    /** What comes behind what was just received is one zlib stream; plain again behind its end. */
    void inflate();

    /** Lets a message go on towards the wire. */
    void pass(Outbound message);

    /** Wants the option on or off. */
    void request(Side side, boolean on);

    /** Tells the session something about its client. */
    <T> void learned(Fact<T> fact, T value, String source);

    /** Tells the session what the client said. */
    void deliver(Inbound message);

    /**
     * Counts something that the client said and that means nothing; {@code kind} is for the
     * counter.
     */
    void malformed(String kind);

    /** Runs something later, in its turn with all else of this connection; never after its end. */
    void after(Duration delay, Runnable then);
}
