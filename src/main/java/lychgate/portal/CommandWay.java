package lychgate.portal;

import lychgate.admin.SessionDetails.Step;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where the time of a session's last command went: from the moment its line was read to the moment
 * its answer was handed to the connection. Follows one command at a time; any thread may call.
 */
final class CommandWay {
    private volatile long arrived;
    private volatile long handedOver;
    private volatile long taken; // 0: not known, as over a network
    private volatile long answered;
    private volatile long shown;
    private volatile boolean followed; // a command that has not been answered

    /** A command has been read; it is followed if the one before has been answered. */
    void begins(LongSupplier clock) {
        if (!followed) {
            arrived = clock.getAsLong();
        }
    }

    /** It is handed to the link: the way from here is the game's. */
    void handedOver(LongSupplier clock) {
        if (!followed) {
            handedOver = clock.getAsLong();
            taken = 0;
            followed = true;
        }
    }

    /** The game begins with a command. */
    void taken(LongSupplier clock) {
        if (followed && taken == 0) {
            taken = clock.getAsLong();
        }
    }

    /** The game has sent something; returns whether it is the answer to what is followed. */
    boolean answers(LongSupplier clock) {
        if (!followed) {
            return false;
        }
        followed = false;
        answered = clock.getAsLong();
        return true;
    }

    /** The answer has been encoded and handed to the connection. */
    void shown(long now) {
        shown = now;
    }

    /** The steps of the last command that was answered; none if there was none. */
    List<Step> steps(@Nullable Integer roundTripMillis) {
        List<Step> steps = new ArrayList<>();
        if (shown == 0) {
            return steps;
        }
        Double half = roundTripMillis == null ? null : roundTripMillis / 2.0;
        steps.add(new Step("client to portal", half));
        steps.add(new Step("portal: limits, hand over", millis(handedOver - arrived)));
        long began = taken;
        if (began == 0) {
            steps.add(new Step("link and game", millis(answered - handedOver)));
        } else {
            steps.add(new Step("link: waiting for the game", millis(began - handedOver)));
            steps.add(new Step("game", millis(answered - began)));
        }
        steps.add(new Step("portal: encode", millis(shown - answered)));
        steps.add(new Step("portal to client", half));
        return steps;
    }

    private static double millis(long nanos) {
        return Math.max(0, nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
