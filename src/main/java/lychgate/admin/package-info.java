/**
 * How an operator watches and controls the running portal.
 *
 * <p>{@link lychgate.admin.Operations} has all that can be asked of a portal. There are two ways
 * in: the commands use {@link lychgate.admin.AdminSocket} on this machine, open to whoever may open
 * the file; monitoring uses HTTP, {@link lychgate.admin.AdminHttp}, which changes nothing.
 */
@NullMarked
package lychgate.admin;

import org.jspecify.annotations.NullMarked;
