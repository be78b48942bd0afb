package lychgate.bus;

import java.time.Duration;

/**
 * When an end of a stream does what by itself.
 *
 * @param call how often an end that looks for the other calls it
 * @param heartbeat how often an end that has nothing to say gives a sign of life
 * @param resend how long nothing is acknowledged before it is sent again; doubled each time in vain
 * @param resendMost the longest such wait
 * @param longestTick what counts at most of the time between two ticks as silence of the other end:
 *     a process that was stopped for a while has not listened, and learns nothing by that
 * @param hush how long no question of the same kind is repeated: a HELLO for a stranger, a gap
 */
public record StreamTimes(
        Duration call,
        Duration heartbeat,
        Duration resend,
        Duration resendMost,
        Duration longestTick,
        Duration hush) {
    /** Those that are used. */
    public static final StreamTimes USUAL =
            new StreamTimes(
                    Duration.ofMillis(250),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(250),
                    Duration.ofMillis(50));
}
