package lychgate.transport.telnet.front;

import lychgate.address.Cidr;
import lychgate.plugin.Admission;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Admits trusted proxies until their PROXY header arrives; then the client behind is subject to the
 * normal admission. Refuses all others without a message.
 */
final class TrustedProxies implements Admission {
    /**
     * Maximum number of connections without a header yet; a proxy sends it in the first packet.
     * Bounds file descriptors, which the connection limits count only for admitted clients.
     */
    static final int MAX_WAITING = 1_024;

    private final Supplier<List<Cidr>> trusted;
    private final AtomicInteger waiting = new AtomicInteger();

    TrustedProxies(Supplier<List<Cidr>> trusted) {
        this.trusted = trusted;
    }

    @Override
    public Decision admit(InetAddress from) {
        if (!Cidr.anyContains(trusted.get(), from)) {
            return new Refused("untrusted_proxy", "");
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return new Refused("proxies_waiting", "");
        }
        AtomicBoolean given = new AtomicBoolean();
        return new Admitted(
                () -> {
                    if (given.compareAndSet(false, true)) {
                        waiting.decrementAndGet();
                    }
                });
    }
}
