package lychgate.config;

import java.util.List;

/** The configuration has mistakes: all of them, each one line for the operator. */
public final class ConfigException extends Exception {
    private final List<String> mistakes;

    ConfigException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The mistakes: those of the file first, in the order of its lines. */
    public List<String> mistakes() {
        return mistakes;
    }
}
