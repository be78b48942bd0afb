package lychgate.config;

import java.util.List;

/** All mistakes in the configuration, each one line for the operator. */
public final class ConfigException extends Exception {
    private final List<String> mistakes;

    ConfigException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The mistakes: those in the file first, in the order of its lines. */
    public List<String> mistakes() {
        return mistakes;
    }
}
