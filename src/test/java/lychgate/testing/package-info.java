/**
 * The test kit, which is published as the classifier {@code testing}: what a test of a game, a
 * protocol or a link needs. It uses JUnit, which whoever uses the kit brings along.
 *
 * <ul>
 *   <li>A game: {@link lychgate.testing.RunningGame} runs it without a portal and without waiting;
 *       a {@link lychgate.testing.Visitor} plays it.
 *   <li>A protocol: {@link lychgate.testing.SessionContract} is what every transport must do;
 *       {@link lychgate.testing.RecordingPortal} is the portal that it runs in, {@link
 *       lychgate.testing.RecordingGame} the link to the game behind that.
 *   <li>A link to a game: {@link lychgate.testing.GameLinkContract} is what every link must do.
 *   <li>A telnet option: {@link lychgate.testing.RecordingLink}.
 *   <li>A client: {@link lychgate.testing.TelnetPeer} speaks telnet as a test says, in the words of
 *       {@link lychgate.testing.Wire}.
 *   <li>{@link lychgate.testing.Await} waits for conditions, instead of sleeping.
 * </ul>
 */
@NullMarked
package lychgate.testing;

import org.jspecify.annotations.NullMarked;
