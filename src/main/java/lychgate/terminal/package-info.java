/**
 * Line editing for terminals that leave echo and editing to the server: SSH with a pty, and telnet
 * clients in character mode. Turns characters into lines, and output into escape sequences. No I/O,
 * no threads.
 *
 * <p>{@link lychgate.terminal.LineEditor} edits lines; {@link lychgate.terminal.PlainLines} is for
 * dumb terminals and programs; {@link lychgate.terminal.TerminalType} knows terminals by their
 * names.
 *
 * <p>Why not JLine: its {@code LineReader} is made for the user who started the program. With
 * untrusted users, input can grow without bound (an unterminated paste, the undo history, repeated
 * yanks), a search is compiled as a regular expression, {@code infocmp} is run with the client's
 * terminal type, and each session takes a thread and 50 KiB. Here every length is bounded, and
 * everything runs on the session's mailbox.
 */
@NullMarked
package lychgate.terminal;

import org.jspecify.annotations.NullMarked;
