package lychgate.telnet;

/** An option has been agreed on; or it is over, or refused. */
public record OptionChange(int option, Side side, boolean on) {}
