package lychgate.transport.ssh;

/**
 * Counts the authentication attempts of one connection. Merely offering a key is not an attempt: an
 * SSH agent offers all its keys. Not thread safe; the messages of a connection arrive one at a
 * time.
 */
final class Attempts {
    /** Maximum number of offered keys. */
    static final int MAX_OFFERS = 10;

    /** Maximum number of signatures and keyboard-interactive answers. */
    static final int MAX_TRIES = 3;

    private int offers;
    private int tries;

    /** Counts an offered key. Returns whether it is allowed. */
    boolean offer() {
        return ++offers <= MAX_OFFERS;
    }

    /** Counts an attempt with a signature or an answer. Returns whether it is allowed. */
    boolean attempt() {
        return ++tries <= MAX_TRIES;
    }
}
