/**
 * What each telnet option means: one small class an option, without I/O.
 *
 * <p>{@link lychgate.telnet.option.TelnetOption} is all that an option is, {@link
 * lychgate.telnet.option.OptionLink} all that it may do, {@link
 * lychgate.telnet.option.TelnetOptions} the table of them, in the order in which they stand in the
 * chain. To add an option: one class, one test, one line in that table.
 *
 * <p>Options do not negotiate: they say in {@link lychgate.telnet.option.TelnetOption#stance} what
 * they want, and are told when they are on. They have no locks: all that happens to one connection
 * happens one after the other.
 */
@NullMarked
package lychgate.telnet.option;

import org.jspecify.annotations.NullMarked;
