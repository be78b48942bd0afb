/**
 * Addresses: of clients, of networks in CIDR notation, behind a proxy (the PROXY protocol), and of
 * our own listeners. Pure: bytes and addresses in, values out.
 */
@NullMarked
package lychgate.address;

import org.jspecify.annotations.NullMarked;
