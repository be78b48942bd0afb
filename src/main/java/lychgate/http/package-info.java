/** What the HTTP servers here have in common: how long they wait, and how they refuse. */
@NullMarked
package lychgate.http;

import org.jspecify.annotations.NullMarked;
