/**
 * The meaning of each telnet option: one small class per option, without I/O.
 *
 * <p>{@link lychgate.telnet.option.TelnetOption} is the interface of an option, {@link
 * lychgate.telnet.option.OptionLink} everything that it may do, {@link
 * lychgate.telnet.option.TelnetOptions} the table of options, in the order of the chain. To add an
 * option: one class, one test, one line in that table.
 *
 * <p>Options do not negotiate: they declare in {@link lychgate.telnet.option.TelnetOption#stance}
 * what they want, and are told when they are on. They need no locks: everything of one connection
 * runs one task at a time.
 */
@NullMarked
package lychgate.telnet.option;

import org.jspecify.annotations.NullMarked;
