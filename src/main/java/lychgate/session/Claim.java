package lychgate.session;

/**
 * Who a client says it is, before any login.
 *
 * @param account the name
 * @param proven whether the transport has proof that the client is whose account that is: by a key
 *     that the operator listed for it, or a login that it remembers. Whether there is such an
 *     account is the game's to know
 */
public record Claim(String account, boolean proven) {}
