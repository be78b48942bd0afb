package lychgate.config;

import java.nio.file.Path;

/**
 * Where a value was set, for the operator who must change it.
 *
 * @param place a file and line, a variable, or an option
 * @param line the line in the file; 0 if it is not in the file
 */
record Origin(String place, int line) {

    static Origin file(Path file, int line) {
        return new Origin(file + ", line " + line, line);
    }

    /** The file as a whole. */
    static Origin file(Path file) {
        return new Origin(file.toString(), 1);
    }

    static Origin environment(String variable) {
        return new Origin(variable + " in the environment", 0);
    }

    static Origin override(String key) {
        return new Origin("--set " + key, 0);
    }

    @Override
    public String toString() {
        return place;
    }
}
