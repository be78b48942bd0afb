/**
 * Reads the configuration: {@code etc/lychgate.toml}, environment variables and {@code --set}, into
 * the records of the packages that they configure.
 *
 * <p>{@link lychgate.config.ConfigReader#read} is the whole schema: the keys, their allowed values
 * and their defaults. All mistakes are reported at once, one per line, with file, line, key, value,
 * what is allowed, and what may have been meant.
 */
@NullMarked
package lychgate.config;

import org.jspecify.annotations.NullMarked;
