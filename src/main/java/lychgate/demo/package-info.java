/**
 * The Gatehouse: the small game that runs when no other is linked. It shows every part of Lychgate,
 * and is a workbench for people who write clients.
 *
 * <p>It is a plain user of {@link lychgate.server}, and meant to be read as the tutorial. {@link
 * lychgate.demo.Gatehouse} is the game: who is there, and what is done with a line. {@link
 * lychgate.demo.LoginScreen} is what it is before login, the classes named {@code …Commands} what
 * it is after. {@link lychgate.demo.Accounts} keeps names and passwords.
 */
@NullMarked
package lychgate.demo;

import org.jspecify.annotations.NullMarked;
