package lychgate.telnet;

import lychgate.telnet.TelnetEvent.Command;
import lychgate.telnet.TelnetEvent.Data;
import lychgate.telnet.TelnetEvent.Malformed;
import lychgate.telnet.TelnetEvent.Negotiation;
import lychgate.telnet.TelnetEvent.Subnegotiation;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Splits a byte stream into {@link TelnetEvent}s (RFC 854, 855). Total: no input makes it throw,
 * and the events do not depend on how the stream is split into reads, except that data may be
 * split. Not thread safe.
 *
 * <p>It is pulled, one event at a time, because compression (MCCP3) begins at a byte position: the
 * caller can stop after any event and pass the remaining bytes to an inflater.
 */
public final class TelnetDecoder {
    private enum State {
        DATA,
        IAC,
        VERB,
        SB,
        SB_IAC,
        PAYLOAD,
        PAYLOAD_IAC
    }

    private final int maxSubnegotiation;
    private final ByteBuilder payload = new ByteBuilder();
    private State state = State.DATA;
    private Verb verb = Verb.WILL;
    private int option;
    private boolean tooLong;

    /**
     * @param maxSubnegotiation maximum bytes of a subnegotiation's payload; a longer one is
     *     discarded to its end. 0: no bound
     */
    public TelnetDecoder(int maxSubnegotiation) {
        this.maxSubnegotiation = maxSubnegotiation == 0 ? Integer.MAX_VALUE : maxSubnegotiation;
    }

    /** Bytes of memory that hold an unfinished subnegotiation. */
    public int held() {
        return payload.capacity();
    }

    /** The next event, or null if the buffer contains no complete one; the rest is remembered. */
    public @Nullable TelnetEvent next(ByteBuffer in) {
        while (in.hasRemaining()) {
            TelnetEvent event =
                    switch (state) {
                        case DATA -> data(in);
                        case IAC -> afterIac(in.get() & 0xff);
                        case VERB -> finish(new Negotiation(verb, in.get() & 0xff));
                        case SB -> afterSb(in.get() & 0xff);
                        case SB_IAC -> afterSbIac(in);
                        case PAYLOAD -> inPayload(in.get() & 0xff);
                        case PAYLOAD_IAC -> afterPayloadIac(in);
                    };
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /** The data up to the next IAC, which is consumed too; null if there is none. */
    private @Nullable Data data(ByteBuffer in) {
        int start = in.position();
        int end = start;
        while (end < in.limit() && in.get(end) != (byte) Telnet.IAC) {
            end++;
        }
        byte[] run = new byte[end - start];
        in.get(run);
        if (in.hasRemaining()) {
            in.get();
            state = State.IAC;
        }
        return run.length == 0 ? null : new Data(run);
    }

    private @Nullable TelnetEvent afterIac(int b) {
        return switch (b) {
            case Telnet.IAC -> finish(new Data(new byte[] {(byte) Telnet.IAC}));
            case Telnet.WILL -> expectOption(Verb.WILL);
            case Telnet.WONT -> expectOption(Verb.WONT);
            case Telnet.DO -> expectOption(Verb.DO);
            case Telnet.DONT -> expectOption(Verb.DONT);
            case Telnet.SB -> enter(State.SB);
            default -> finish(new Command(b));
        };
    }

    private @Nullable TelnetEvent expectOption(Verb said) {
        verb = said;
        return enter(State.VERB);
    }

    private @Nullable TelnetEvent afterSb(int b) {
        return b == Telnet.IAC ? enter(State.SB_IAC) : begin(b);
    }

    /** IAC in the place of the option's number. */
    private @Nullable TelnetEvent afterSbIac(ByteBuffer in) {
        return switch (in.get() & 0xff) {
            case Telnet.IAC -> begin(Telnet.IAC);
            case Telnet.SE -> finish(new Malformed("empty_subnegotiation"));
            default -> abandon(in);
        };
    }

    private @Nullable TelnetEvent begin(int code) {
        option = code;
        tooLong = false;
        return enter(State.PAYLOAD);
    }

    private @Nullable TelnetEvent inPayload(int b) {
        return b == Telnet.IAC ? enter(State.PAYLOAD_IAC) : keep(b);
    }

    private @Nullable TelnetEvent afterPayloadIac(ByteBuffer in) {
        return switch (in.get() & 0xff) {
            case Telnet.IAC -> keep(Telnet.IAC);
            case Telnet.SE -> subnegotiation();
            default -> abandon(in);
        };
    }

    private @Nullable TelnetEvent keep(int b) {
        if (payload.size() >= maxSubnegotiation) {
            tooLong = true;
            payload.clear();
        }
        if (!tooLong) {
            payload.add(b);
        }
        return enter(State.PAYLOAD);
    }

    private TelnetEvent subnegotiation() {
        byte[] whole = payload.take();
        return finish(
                tooLong ? new Malformed("long_subnegotiation") : new Subnegotiation(option, whole));
    }

    /**
     * A command inside a subnegotiation ends it: the sender was interrupted, or does not speak
     * telnet. The command itself is handled.
     */
    private TelnetEvent abandon(ByteBuffer in) {
        in.position(in.position() - 1);
        payload.clear();
        state = State.IAC;
        return new Malformed("broken_subnegotiation");
    }

    private @Nullable TelnetEvent enter(State next) {
        state = next;
        return null;
    }

    private TelnetEvent finish(TelnetEvent event) {
        state = State.DATA;
        return event;
    }
}
