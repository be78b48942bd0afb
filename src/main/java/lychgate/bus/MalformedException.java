package lychgate.bus;

/**
 * What came over the bus is not what it should be. The message says what is wrong, in few words.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
