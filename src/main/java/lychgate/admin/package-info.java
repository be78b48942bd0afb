/**
 * What an operator sees and does while the portal runs.
 *
 * <p>{@link lychgate.admin.Operations} is all that can be asked of a portal. It is asked in two
 * ways: by the commands, through {@link lychgate.admin.AdminSocket} on this machine, which whoever
 * may open it may use; and by those who watch, over HTTP, through {@link lychgate.admin.AdminHttp},
 * which changes nothing.
 */
@NullMarked
package lychgate.admin;

import org.jspecify.annotations.NullMarked;
