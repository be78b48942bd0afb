/**
 * The telnet protocol itself: bytes in, values out, and back.
 *
 * <p>Three things are separate. <b>Framing</b>: {@link lychgate.telnet.TelnetDecoder} and {@link
 * lychgate.telnet.TelnetEncoder} convert between bytes and {@link lychgate.telnet.TelnetEvent}s.
 * <b>Negotiation</b>: {@link lychgate.telnet.Negotiator} is RFC 1143 for all options at once.
 * <b>Lines</b>: {@link lychgate.telnet.LineAssembler} splits the data into lines. What an option
 * <em>means</em> is in {@link lychgate.telnet.option}.
 *
 * <p>Everything here is pure: no I/O, no threads, no clock of its own. No input makes it throw, and
 * every length has a named bound.
 */
@NullMarked
package lychgate.telnet;

import org.jspecify.annotations.NullMarked;
