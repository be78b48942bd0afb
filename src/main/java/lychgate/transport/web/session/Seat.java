package lychgate.transport.web.session;

import lychgate.plugin.Admission;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The place of one connection among those that are admitted. It is given back when the connection
 * ends, unless a session that outlives the connection has taken it over. Thread safe.
 */
public final class Seat {
    private static final Admission.Place NONE = () -> {};

    private final AtomicReference<Admission.Place> place;

    public Seat(Admission.Place place) {
        this.place = new AtomicReference<>(place);
    }

    /** The connection has ended. More than one call is harmless. */
    public void leave() {
        takeOver().giveBack();
    }

    /** The session takes the place over, and gives it back itself. */
    Admission.Place takeOver() {
        return place.getAndSet(NONE);
    }
}
