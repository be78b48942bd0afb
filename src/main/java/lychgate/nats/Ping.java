package lychgate.nats;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Measures how long a message takes to another process and back. */
public final class Ping {
    private static final Duration WITHIN = Duration.ofSeconds(4);
    private static final byte[] NOTHING = {};

    private Ping() {}

    /** Answers at once what comes to a subject; with nothing, whatever it was. */
    public static void answer(NatsConnection over, String subject) {
        var _ = over.reply(subject, _ -> NOTHING);
    }

    /**
     * Measures.
     *
     * @param subject on which it is answered
     * @param then gets the nanoseconds; is not called if no answer comes
     */
    public static void measure(
            NatsConnection over, String subject, LongSupplier nanoTime, LongConsumer then) {
        long begun = nanoTime.getAsLong();
        over.request(
                subject,
                NOTHING,
                WITHIN,
                answer -> {
                    if (answer instanceof Answer.Reply) {
                        then.accept(nanoTime.getAsLong() - begun);
                    }
                });
    }
}
