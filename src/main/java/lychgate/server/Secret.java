package lychgate.server;

/**
 * A password that a player typed. {@link #toString} does not reveal it.
 *
 * @param value the characters
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
