package lychgate.transport.ssh;

/**
 * How often a client has tried to authenticate. A key that it merely offers is no try: agents offer
 * all that they hold. One connection's; its messages come one after the other.
 */
final class Attempts {
    /** Keys that may be offered. */
    static final int MAX_OFFERS = 10;

    /** Signatures and answers that may be wrong. */
    static final int MAX_TRIES = 3;

    private int offers;
    private int tries;

    /** A key is offered; whether it may be. */
    boolean offer() {
        return ++offers <= MAX_OFFERS;
    }

    /** A signature or an answer is tried; whether it may be. */
    boolean attempt() {
        return ++tries <= MAX_TRIES;
    }
}
