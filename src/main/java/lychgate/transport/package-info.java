/**
 * What every transport needs and none should write twice: how a connection is read and not read,
 * and how what is sent to it waits. Knows no library and does no I/O; the packages below it ({@code
 * telnet}, {@code ssh}) put it on a wire.
 */
@NullMarked
package lychgate.transport;

import org.jspecify.annotations.NullMarked;
