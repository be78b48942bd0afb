package lychgate.link.amp;

import lychgate.link.amp.AmpConnection.Role;
import lychgate.session.Meters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Locale;
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
    private final Map<Kind, LogThrottle> logged = new EnumMap<>(Kind.class);

    DroppedMessages(Meters meters, LongSupplier nanoTime) {
        this.meters = meters;
        for (Kind kind : Kind.values()) {
            logged.put(kind, new LogThrottle(nanoTime));
        }
    }

    /** A message of one who is a game or a launcher was dropped. */
    void count(Kind kind, Role sender, String why) {
        meters.malformed(kind.counter);
        LogThrottle throttle = logged.get(kind);
        if (throttle != null) {
            throttle.log(
                    others ->
                            log.warn(
                                    "AMP message of the {} dropped: {}{}",
                                    sender.name().toLowerCase(Locale.ROOT),
                                    why,
                                    others));
        }
    }
}
