package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.MalformedException;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts the messages of a game or a launcher that are dropped, by their kinds, and logs them at a
 * bounded rate. Such a message is no reason to end a connection: what follows it has a meaning.
 */
final class DroppedMessages {
    private static final Logger log = LoggerFactory.getLogger(DroppedMessages.class);

    /** What was wrong; each has its counter. */
    enum Kind {
        /** A box that neither asks nor answers. */
        MESSAGE("amp_message"),
        /** A box that is longer than any of Evennia's. */
        LENGTH("amp_box_length"),
        /** An answer to what was never asked, or was answered before. */
        ANSWER("amp_answer"),
        /** A command that is unknown. */
        COMMAND("amp_command"),
        /** A command that is not for this sender to give. */
        SENDER("amp_sender"),
        /** An operation that is unknown, or not the game's to order. */
        OPERATION("amp_operation"),
        /** Arguments that are missing, cannot be read, or are not what they should be. */
        PAYLOAD("amp_payload");

        private final String counter;

        Kind(String counter) {
            this.counter = counter;
        }
    }

    private final Meters meters;
    private final Map<Kind, RareLog> logged = new EnumMap<>(Kind.class);

    DroppedMessages(Meters meters, LongSupplier nanoTime) {
        this.meters = meters;
        for (Kind kind : Kind.values()) {
            logged.put(kind, new RareLog(nanoTime));
        }
    }

    /**
     * Drops a message that is whole but wrong: one of a game or a launcher is counted and answered,
     * and its connection goes on.
     *
     * @param ask to be answered; null: it is nothing that is
     * @throws MalformedException if it is a stranger's: that ends its connection
     */
    void drop(AmpConnection from, @Nullable Ask ask, Kind kind, MalformedException why)
            throws MalformedException {
        if (from.role() == Role.UNPROVEN) {
            throw why;
        }
        String words = String.valueOf(why.getMessage());
        count(from, kind, words);
        if (ask != null) {
            from.fail(ask, AmpMessage.EXCEPTION, "dropped: " + words);
        }
    }

    /** The same, of which nothing has said yet what is wrong. */
    void drop(AmpConnection from, @Nullable Ask ask, Kind kind, String why)
            throws MalformedException {
        drop(from, ask, kind, new MalformedException(why));
    }

    /** Answers an operation that is unknown as Evennia's Portal does. */
    void notRecognized(AmpConnection from, Ask ask) {
        from.fail(ask, AmpMessage.EXCEPTION, "operation not recognized.");
        count(from, Kind.OPERATION, "an unknown operation");
    }

    /** Counts a message that was dropped, if it is not a stranger's. */
    void count(AmpConnection from, Kind kind, String why) {
        Role sender = from.role();
        RareLog lines = logged.get(kind);
        if (sender == Role.UNPROVEN || lines == null) {
            return;
        }
        meters.malformed(kind.counter);
        lines.log(
                others ->
                        log.warn(
                                "AMP message of the {} dropped: {}{}", sender.text(), why, others));
    }
}
