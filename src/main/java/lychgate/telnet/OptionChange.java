package lychgate.telnet;

/** An option has been switched on or off, or refused. */
public record OptionChange(int option, Side side, boolean on) {}
