/**
 * The distribution as its users have it: started as a process, played with real clients. Tests
 * named {@code …IT} run in {@code mvn verify}, after the distribution has been built.
 */
@NullMarked
package lychgate.peers;

import org.jspecify.annotations.NullMarked;
