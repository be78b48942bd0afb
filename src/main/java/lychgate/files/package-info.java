/**
 * Files that people write: {@link lychgate.files.WrittenFile} alone knows how they may look,
 * whatever editor they come from, and reports mistakes with line and remedy.
 */
@NullMarked
package lychgate.files;

import org.jspecify.annotations.NullMarked;
