/**
 * Files that people write: {@link lychgate.files.WrittenFile} alone knows how they may look,
 * whatever editor they come from, and reports mistakes with line and remedy. And whose the portal's
 * own files are: {@link lychgate.files.Ownership}.
 */
@NullMarked
package lychgate.files;

import org.jspecify.annotations.NullMarked;
