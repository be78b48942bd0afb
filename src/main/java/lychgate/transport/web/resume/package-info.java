/**
 * What a session keeps so that its client can come back: its last outputs, numbered ({@link
 * lychgate.transport.web.resume.Ring}), and what proves that the client is the one that left
 * ({@link lychgate.transport.web.resume.ResumeToken}, {@link
 * lychgate.transport.web.resume.TokenKeeper}). Knows no connection, no thread and no clock.
 */
@NullMarked
package lychgate.transport.web.resume;

import org.jspecify.annotations.NullMarked;
