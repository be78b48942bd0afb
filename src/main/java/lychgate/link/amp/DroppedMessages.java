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
 * Drops wrong messages of a game or a launcher: counts them by kind and logs them at a bounded
 * rate. Such a message does not end the connection, since what follows it can still be read.
 */
final class DroppedMessages {
    private static final Logger log = LoggerFactory.getLogger(DroppedMessages.class);

    /** What was wrong. Each kind has its counter. */
    enum Kind {
        /** A box that neither asks nor answers. */
        MESSAGE("amp_message"),
        /** A box longer than any of Evennia's. */
        LENGTH("amp_box_length"),
        /** An answer to a question that was never asked, or has been answered. */
        ANSWER("amp_answer"),
        /** An unknown command. */
        COMMAND("amp_command"),
        /** A command that this sender may not give. */
        SENDER("amp_sender"),
        /** An operation that is unknown, or not for the game to order. */
        OPERATION("amp_operation"),
        /** Arguments that are missing, unreadable or of the wrong type. */
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
     * Drops a message that is well framed but wrong. It is counted and answered, and the connection
     * goes on.
     *
     * @param ask the command, to be answered; null if the message was none
     * @throws MalformedException if the sender has not shown what it is, which ends its connection
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

    /** Drops a message for a reason in words. */
    void drop(AmpConnection from, @Nullable Ask ask, Kind kind, String why)
            throws MalformedException {
        drop(from, ask, kind, new MalformedException(why));
    }

    /** Answers an unknown operation as Evennia's Portal does. */
    void notRecognized(AmpConnection from, Ask ask) {
        from.fail(ask, AmpMessage.EXCEPTION, "operation not recognized.");
        count(from, Kind.OPERATION, "an unknown operation");
    }

    /** Counts a dropped message, unless its sender has not shown what it is. */
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
