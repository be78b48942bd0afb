package lychgate.telnet;

/** An option has been agreed on, or is over. */
public record OptionChange(int option, Side side, boolean on) {}
