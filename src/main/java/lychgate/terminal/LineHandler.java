package lychgate.terminal;

/** Receives the lines that a player enters. */
public interface LineHandler {

    /** A line was entered. */
    void entered(String line);

    /** A line was entered that was too long; it has been discarded. */
    void lineTooLong();

    /** The player quits with a key: Ctrl-D on an empty line. */
    void quit();
}
