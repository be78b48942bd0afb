/** What the HTTP servers here have in common: how long they wait for a client. */
@NullMarked
package lychgate.http;

import org.jspecify.annotations.NullMarked;
