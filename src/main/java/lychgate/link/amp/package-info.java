/**
 * The link to an unmodified Evennia Server, over AMP: Lychgate in the place of Evennia's Portal.
 *
 * <p>{@link lychgate.link.amp.AmpLink} is what the portal calls. {@link lychgate.link.amp.AmpLoop}
 * is one thread that listens and reads {@link lychgate.link.amp.AmpConnection}s; {@link
 * lychgate.link.amp.Incoming} sorts what comes, to {@link lychgate.link.amp.GameMessages} or {@link
 * lychgate.link.amp.LauncherOrders}. {@link lychgate.link.amp.GameArrivals} says which connection
 * is the game, {@link lychgate.link.amp.GameLife} when it is started, stopped and restarted, which
 * {@link lychgate.link.amp.GameOrders} then does. {@link lychgate.link.amp.LinkedSessions} has what
 * the game knows of each session and what waits for it.
 *
 * <p>How messages are written is {@link lychgate.evennia.wire}, what a box is {@link lychgate.amp}.
 */
@NullMarked
package lychgate.link.amp;

import org.jspecify.annotations.NullMarked;
