/**
 * Files that people write: {@link lychgate.files.WrittenFile} is the one place that knows how they
 * may look, whatever editor they come from, and says what is wrong with one by line and remedy.
 */
@NullMarked
package lychgate.files;

import org.jspecify.annotations.NullMarked;
