package lychgate.amp;

import org.jspecify.annotations.Nullable;

/** A box as a message: a command or an answer. */
public sealed interface AmpMessage {

    /** Error code: the command failed. */
    String EXCEPTION = "EXCEPTION";

    /** Error code: the command is unknown. */
    String UNHANDLED = "UNHANDLED";

    /** Longest tag in bytes. Twisted's are hexadecimal numbers. */
    int MAX_TAG = 0xff;

    /** As a box. */
    Box box();

    /**
     * A command.
     *
     * @param tag names the command in its answer; null if no answer is wanted
     * @param command its name
     * @param arguments all that is in the box
     */
    record Ask(@Nullable String tag, String command, Box arguments) implements AmpMessage {
        @Override
        public Box box() {
            Box named = arguments.with("_command", command);
            return tag == null ? named : named.with("_ask", tag);
        }
    }

    /**
     * The answer to a command that has been carried out.
     *
     * @param tag of the command
     * @param results all that is in the box
     */
    record Answer(String tag, Box results) implements AmpMessage {
        @Override
        public Box box() {
            return results.with("_answer", tag);
        }
    }

    /**
     * The answer to a command that has failed.
     *
     * @param tag of the command
     * @param code what kind of failure: {@link #EXCEPTION}, {@link #UNHANDLED}, …
     * @param description in words
     */
    record Failure(String tag, String code, String description) implements AmpMessage {
        @Override
        public Box box() {
            return Box.EMPTY
                    .with("_error", tag)
                    .with("_error_code", code)
                    .with("_error_description", description);
        }
    }

    /**
     * Reads a box.
     *
     * @throws MalformedException if it is neither a command nor an answer, or its tag is too long
     */
    static AmpMessage of(Box box) throws MalformedException {
        String command = box.text("_command");
        if (command != null) {
            return new Ask(tag(box, "_ask"), command, box);
        }
        String answered = tag(box, "_answer");
        if (answered != null) {
            return new Answer(answered, box);
        }
        String failed = tag(box, "_error");
        if (failed != null) {
            return new Failure(
                    failed,
                    orEmpty(box.text("_error_code")),
                    orEmpty(box.text("_error_description")));
        }
        throw new MalformedException("a box that is neither a command nor an answer");
    }

    private static @Nullable String tag(Box box, String key) throws MalformedException {
        byte[] tag = box.get(key);
        if (tag != null && tag.length > MAX_TAG) {
            throw new MalformedException("a tag that is too long");
        }
        return box.text(key);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
