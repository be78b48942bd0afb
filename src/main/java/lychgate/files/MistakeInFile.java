package lychgate.files;

import java.io.IOException;
import java.nio.file.Path;

/** What is wrong with a file, where, and what to do about it: for the one who wrote it. */
public final class MistakeInFile extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String sentence;

    /**
     * @param line in which the mistake is, from 1; 0: it is the file as a whole
     * @param sentence about the file, without its name: {@code is not UTF-8 text: save it as UTF-8}
     */
    public MistakeInFile(Path file, int line, String sentence) {
        super(file + (line == 0 ? "" : ", line " + line) + ": " + sentence);
        this.line = line;
        this.sentence = sentence;
    }

    /** The line in which it is, from 1; 0: it is the file as a whole. */
    public int line() {
        return line;
    }

    /** What is wrong, without the name of the file. */
    public String sentence() {
        return sentence;
    }
}
