/**
 * Reads the configuration: {@code etc/lychgate.toml}, environment variables and {@code --set}, into
 * the records of those whom they configure.
 *
 * <p>{@link lychgate.config.ConfigReader#read} is the whole schema: which keys there are, what each
 * may be, and what it is where nobody says. Whatever is wrong is reported at once, each mistake in
 * one line with file, line, key, value, what is allowed, and what may have been meant.
 */
@NullMarked
package lychgate.config;

import org.jspecify.annotations.NullMarked;
