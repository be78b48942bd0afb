/**
 * Sessions of clients that speak in messages, over WebSockets or AJAX. Knows neither.
 *
 * <pre>
 *  WebSocketWire ─┐   Carried               Inbox
 *                 ├─► which session? ─► FormatDialect ─► Conversation
 *  AjaxWire ──────┘                     │  a Format: v1, GMCP, JSON, …
 *                                       ├─ Reception: a new session, or one to which the client comes back?
 *                                       └─ Resumable: outputs that are kept, and for how long
 * </pre>
 *
 * <p>A session can outlive its connection: its dialect stays with it, and {@link
 * lychgate.transport.web.session.Resumable} moves it to the connection over which its client comes
 * back.
 */
@NullMarked
package lychgate.transport.web.session;

import org.jspecify.annotations.NullMarked;
