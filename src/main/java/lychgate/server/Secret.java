package lychgate.server;

/**
 * What a player typed unseen: a password. It shows itself nowhere by accident.
 *
 * @param value the characters
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
