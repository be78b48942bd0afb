/**
 * The game's own website, served on the web ports beside our pages: a reverse proxy.
 *
 * <pre>
 *  HTTP ─► Website ──────────► ReverseProxy ─────────────────────► the game's web server
 *          who may, how many   Target: which address is asked for
 *                              ForwardedHeaders: who asks
 *                              Unavailable: what is said while it is away
 * </pre>
 *
 * <p>Requests and answers are streamed, each as fast as the slower side takes it, and nothing in
 * them is rewritten.
 */
@NullMarked
package lychgate.transport.web.website;

import org.jspecify.annotations.NullMarked;
