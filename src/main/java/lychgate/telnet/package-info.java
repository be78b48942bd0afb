/**
 * The telnet protocol itself: bytes in, values out, and back.
 *
 * <p>Three things are kept apart. <b>Framing</b>: {@link lychgate.telnet.TelnetDecoder} and {@link
 * lychgate.telnet.TelnetEncoder} turn bytes into {@link lychgate.telnet.TelnetEvent}s and back.
 * <b>Agreement</b>: {@link lychgate.telnet.Negotiator} is RFC 1143 for all options at once.
 * <b>Lines</b>: {@link lychgate.telnet.LineAssembler} finds where a line ends. What an option
 * <em>means</em> is in {@link lychgate.telnet.option}.
 *
 * <p>Everything here is pure: no I/O, no threads, no clock of its own. Nothing a client sends makes
 * it throw, and every length has a named bound.
 */
@NullMarked
package lychgate.telnet;

import org.jspecify.annotations.NullMarked;
