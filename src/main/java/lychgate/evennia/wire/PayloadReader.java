package lychgate.evennia.wire;

import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.LeadingNumber;
import lychgate.amp.MalformedException;
import lychgate.amp.PackedDataReader;
import lychgate.amp.PickleReader;
import lychgate.amp.Pickled.Tuple;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads the payload of messages. Output that the game sends to many sessions in a row is parsed
 * once, since the pickles differ only in the session's number, which comes first. Not thread safe.
 */
public final class PayloadReader {
    /** Most values in a message of a game. The sync of ten thousand sessions has 600,000. */
    static final int MAX_VALUES = 2_000_000;

    /** Most values in a message of a peer that has not shown that it is a game. */
    static final int MAX_UNPROVEN_VALUES = 1_000;

    /** Longest message of a game in bytes, unpacked. */
    public static final int MAX_BYTES = 64 << 20;

    /** Longest message in bytes, unpacked, of a peer that has not shown that it is a game. */
    static final int MAX_UNPROVEN_BYTES = 16 << 10;

    /** Longest message in bytes that is remembered for the next one to be compared with. */
    private static final int MAX_REMEMBERED = 64 << 10;

    private final PackedDataReader packed = new PackedDataReader();
    private byte @Nullable [] afterSession;
    private List<CommandTuple> commands = List.of();

    /** Output of the game for a session. */
    public record Output(long sessid, List<CommandTuple> commands) {}

    /** Reads a message of the game. */
    public Payload ofGame(Ask ask) throws MalformedException {
        return payload(packed.read(ask.arguments(), MAX_BYTES), MAX_VALUES);
    }

    /** Reads a message of a peer that has not shown that it is a game. */
    public Payload ofStranger(Ask ask) throws MalformedException {
        return payload(packed.read(ask.arguments(), MAX_UNPROVEN_BYTES), MAX_UNPROVEN_VALUES);
    }

    /** Reads output of the game for a session. */
    public Output output(Ask ask) throws MalformedException {
        byte[] pickle = packed.read(ask.arguments(), MAX_BYTES);
        LeadingNumber sessid = LeadingNumber.of(pickle);
        if (sessid != null && isAsBefore(pickle, sessid.end())) {
            return new Output(sessid.number(), commands);
        }
        Payload payload = payload(pickle, MAX_VALUES);
        Output output = new Output(payload.sessid(), payload.commands());
        remember(pickle, sessid, output);
        return output;
    }

    private boolean isAsBefore(byte[] pickle, int from) {
        byte[] before = afterSession;
        return before != null
                && Arrays.equals(pickle, from, pickle.length, before, 0, before.length);
    }

    private void remember(byte[] pickle, @Nullable LeadingNumber sessid, Output output) {
        if (sessid != null
                && sessid.number() == output.sessid()
                && pickle.length <= MAX_REMEMBERED) {
            afterSession = Arrays.copyOfRange(pickle, sessid.end(), pickle.length);
            commands = output.commands();
        }
    }

    private static Payload payload(byte[] pickle, int mostValues) throws MalformedException {
        if (PickleReader.read(pickle, mostValues) instanceof Tuple(var pair)
                && pair.size() == 2
                && pair.getFirst() instanceof Long sessid
                && pair.getLast() instanceof Map<?, ?> kwargs) {
            return new Payload(sessid, kwargs);
        }
        throw new MalformedException("a message without a session and keywords");
    }
}
