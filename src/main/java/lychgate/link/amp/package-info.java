/**
 * The link to an unmodified Evennia Server, over AMP: Lychgate in the place of Evennia's Portal.
 *
 * <p>{@link lychgate.link.amp.AmpLoop} is one thread that listens and reads. What comes in is
 * sorted by {@link lychgate.link.amp.AmpLink}, which is also what the portal calls; {@link
 * lychgate.link.amp.LinkedSessions} has what the game knows of each session and what waits for it,
 * {@link lychgate.link.amp.GameLife} how the game is started, stopped and restarted, {@link
 * lychgate.evennia.wire.SyncAttributes} how a session is written for Evennia.
 */
@NullMarked
package lychgate.link.amp;

import org.jspecify.annotations.NullMarked;
