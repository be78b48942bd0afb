/**
 * Where a client is: networks in CIDR notation, and what a proxy says about who is behind it (the
 * PROXY protocol). Pure: bytes and addresses in, values out.
 */
@NullMarked
package lychgate.address;

import org.jspecify.annotations.NullMarked;
