/**
 * An example of a session that connects outwards over a WebSocket: a bot on the chat network of
 * Grapevine, which carries JSON. {@link lychgate.examples.grapevine.Grapevine} is the plugin.
 */
@NullMarked
package lychgate.examples.grapevine;

import org.jspecify.annotations.NullMarked;
