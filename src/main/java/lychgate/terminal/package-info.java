/**
 * Typing at a terminal that leaves echo and editing to us: SSH with a pty, and any telnet client in
 * character mode. Characters in, lines out; words in, escape sequences out. No I/O, no threads.
 *
 * <p>{@link lychgate.terminal.LineEditor} is one person's line and screen; {@link
 * lychgate.terminal.TerminalType} is what a terminal's name tells.
 *
 * <p>It is our own and not JLine, whose {@code LineReader} is meant for the one person who started
 * the program: there, what a stranger types can grow without bound (a paste until its end comes,
 * every step that could be undone, a yank that doubles a yank), is compiled as a regular expression
 * while he searches his history, starts {@code infocmp} for the terminal's type, and takes a thread
 * and 50 KiB for each session. Here every length has a bound, and what is typed runs on the
 * session's mailbox like everything else.
 */
@NullMarked
package lychgate.terminal;

import org.jspecify.annotations.NullMarked;
