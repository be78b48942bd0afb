package lychgate.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from.
 *
 * @param protocolKey the protocol spoken with the client: {@code telnet}, {@code ssh}, {@code
 *     websocket}, …
 * @param address the client's address, without a port
 * @param csessid the browser's session key; null where there is none
 * @param claim who the client said it is when it connected; null where it said nothing
 */
public record Origin(
        String protocolKey, String address, @Nullable String csessid, @Nullable Claim claim) {
    /** The same session over another connection. */
    public Origin over(String otherProtocol, String otherAddress) {
        return new Origin(otherProtocol, otherAddress, csessid, claim);
    }

    Origin withBrowserKey(@Nullable String key) {
        return new Origin(protocolKey, address, key, claim);
    }

    Origin withClaim(@Nullable Claim said) {
        return new Origin(protocolKey, address, csessid, said);
    }
}
