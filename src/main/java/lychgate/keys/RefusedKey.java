package lychgate.keys;

/** A line of authorized_keys whose key is disabled; the message says why. */
final class RefusedKey extends Exception {
    private static final long serialVersionUID = 1;

    RefusedKey(String why) {
        super(why);
    }
}
