package lychgate.session;

/**
 * Who a client says it is, before any login.
 *
 * @param account the name
 * @param proven whether the transport has proof that the client owns that account: a key that the
 *     operator listed for it, or a login that the transport remembers. Only the game knows whether
 *     the account exists
 */
public record Claim(String account, boolean proven) {}
