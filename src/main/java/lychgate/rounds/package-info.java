/**
 * What threads that serve many sessions put off until the end of their round. Whoever has such a
 * thread makes a {@link lychgate.rounds.Round} of what it does for all of them; whoever is called
 * on any thread says what can wait for its end, without knowing the thread.
 */
@NullMarked
package lychgate.rounds;

import org.jspecify.annotations.NullMarked;
