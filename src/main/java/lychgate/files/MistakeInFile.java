package lychgate.files;

import java.io.IOException;
import java.nio.file.Path;

/** A mistake in a file that a person wrote: what is wrong, in which line, and what to do. */
public final class MistakeInFile extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String sentence;

    /**
     * @param line the line of the mistake, from 1; 0 for the file as a whole
     * @param sentence about the file, without its name: {@code is not UTF-8 text: save it as UTF-8}
     */
    public MistakeInFile(Path file, int line, String sentence) {
        super(file + (line == 0 ? "" : ", line " + line) + ": " + sentence);
        this.line = line;
        this.sentence = sentence;
    }

    /** The line of the mistake, from 1; 0 for the file as a whole. */
    public int line() {
        return line;
    }

    /** The mistake, without the name of the file. */
    public String sentence() {
        return sentence;
    }
}
