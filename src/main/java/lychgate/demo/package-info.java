/**
 * The Gatehouse: the small game that runs when no other is configured. It shows every part of
 * Lychgate, and helps people who write clients to test them.
 *
 * <p>It uses only {@link lychgate.server}, and is meant to be read as a tutorial. {@link
 * lychgate.demo.Gatehouse} is the game: its players, and what happens with a line. {@link
 * lychgate.demo.LoginScreen} is the game before login, the classes named {@code …Commands} the game
 * after it. {@link lychgate.demo.Accounts} stores names and passwords.
 */
@NullMarked
package lychgate.demo;

import org.jspecify.annotations.NullMarked;
