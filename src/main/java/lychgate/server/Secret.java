package lychgate.server;

import org.jspecify.annotations.Nullable;

/** A password that a player typed. {@link #toString} does not reveal it. */
public final class Secret { // no record: those can be sent
    private final String value;

    /**
     * A secret.
     *
     * @param value the characters
     */
    public Secret(String value) {
        this.value = value;
    }

    /** The characters. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
