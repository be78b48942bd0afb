/**
 * The command line: {@code lychgate run}, {@code lychgate check}. The only package that writes to
 * standard output and error, and the only one that ends the process.
 */
@NullMarked
package lychgate.cli;

import org.jspecify.annotations.NullMarked;
