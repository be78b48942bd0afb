/**
 * The operator's page on the admin port.
 *
 * <p>{@link lychgate.admin.page.OperatorsPage} answers what is asked at {@code /} and below {@code
 * /page/}; {@link lychgate.admin.page.PageAccess} decides who may ask; {@link
 * lychgate.admin.page.Trends} keeps the figures of the last minutes, and {@link
 * lychgate.admin.page.LogTail} the newest lines of the log. The page itself is in the resources
 * {@code lychgate/admin}.
 */
@NullMarked
package lychgate.admin.page;

import org.jspecify.annotations.NullMarked;
