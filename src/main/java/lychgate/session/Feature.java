package lychgate.session;

/**
 * A feature of a session's protocol, and what became of it.
 *
 * @param name as its protocol calls it
 * @param on whether it is in use
 * @param why why it is, or is not
 */
public record Feature(String name, boolean on, String why) {}
