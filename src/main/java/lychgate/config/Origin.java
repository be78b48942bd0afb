package lychgate.config;

import java.nio.file.Path;

/**
 * Where a setting was made: what an operator must look at to change it.
 *
 * @param place for people: a file and line, a variable, an option
 * @param line of the file; 0 where it is in none
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
