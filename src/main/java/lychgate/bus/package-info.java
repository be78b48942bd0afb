/**
 * What portals of one realm say to each other over a message bus, as bytes, and the reliable stream
 * in which they say it. Pure: the bus itself and the clock are handed in.
 *
 * <p>A bus delivers at most once: what is under way when it breaks is lost, and who does not read
 * fast enough misses something. A {@link lychgate.bus.StreamEnd} at each end makes a stream of that
 * from which nothing is missing and in which nothing is doubled, for as long as both ends live. In
 * it travel the messages of sessions: {@link lychgate.bus.ToGame} to the portal that serves the
 * game, {@link lychgate.bus.ToPortal} to the one that has the players' connections.
 *
 * <pre>
 *     ToGame, ToPortal ► Messages ► StreamEnd ► Outgoing ► Frame ► FrameCodec ► the bus
 *                                              Incoming ◄ Frame ◄ FrameCodec ◄
 * </pre>
 *
 * <p>What one end can send and the other reads is the closed set of {@code lychgate.session.Values}
 * and the records of that package; no name of a class is ever written. Every length is checked
 * against the bytes that are left before anything is made for it.
 */
@NullMarked
package lychgate.bus;

import org.jspecify.annotations.NullMarked;
