/**
 * Sessions by HTTP requests alone, for clients whose WebSockets are blocked: {@code POST
 * /webclientdata}, as Evennia's web client sends it (AJAX, long polling).
 *
 * <pre>
 *  init ──────► Ajax ─► AjaxClients.begin ─► AjaxWire, V1 ─► Conversation
 *  input ─────► Ajax ─► AjaxWire ─► Incoming ─► FormatDialect
 *  receive ───► Ajax ─► AjaxWire ◄─ Outgoing ◄─ Conversation
 * </pre>
 *
 * <p>{@link lychgate.transport.web.ajax.Ajax} reads the requests and knows the sessions; {@link
 * lychgate.transport.web.ajax.AjaxWire} is the wire of one session: a request that polls is
 * answered with one message, or held until there is one.
 */
@NullMarked
package lychgate.transport.web.ajax;

import org.jspecify.annotations.NullMarked;
