package lychgate.address;

import java.nio.ByteBuffer;

/** A header is read the same however it is cut, and never more of it than it says. */
public final class ProxyHeaderFuzz {
    private ProxyHeaderFuzz() {}

    /** What a proxy sends first. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer whole = ByteBuffer.wrap(input);
        ProxyHeader.Result atOnce = new ProxyHeader().read(whole);
        ProxyHeader piecemeal = new ProxyHeader();
        for (int i = 0; i < input.length; i++) {
            ProxyHeader.Result result = piecemeal.read(ByteBuffer.wrap(input, i, 1));
            if (!(result instanceof ProxyHeader.Result.More)) {
                if (!result.equals(atOnce)) {
                    throw new AssertionError(atOnce + " at once, " + result + " piecemeal");
                }
                return;
            }
        }
        if (!(atOnce instanceof ProxyHeader.Result.More)) {
            throw new AssertionError(atOnce + " at once, nothing piecemeal");
        }
    }
}
