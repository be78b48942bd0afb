package lychgate.terminal;

/** Who is told what a player enters. */
public interface LineHandler {

    /** A line was entered. */
    void entered(String line);

    /** A line was entered that was longer than it may be; it has been dropped. */
    void lineTooLong();

    /** The player ends the session by a key: Ctrl-D on an empty line. */
    void quit();
}
