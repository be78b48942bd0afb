package lychgate.transport.telnet.front;

import lychgate.address.Cidr;
import lychgate.plugin.Admission;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets proxies in whose word is believed, until they have said who is behind them; then that one is
 * asked for. Nobody else is let in, and nothing said to them.
 */
final class TrustedProxies implements Admission {
    /**
     * Connections that may wait for their header at a time: a proxy sends it with the first packet.
     * Bounds descriptors, which are counted for clients that are known only.
     */
    static final int MAX_WAITING = 1_024;

    private final List<Cidr> trusted;
    private final AtomicInteger waiting = new AtomicInteger();

    TrustedProxies(List<Cidr> trusted) {
        this.trusted = trusted;
    }

    @Override
    public Decision admit(InetAddress from) {
        if (trusted.stream().noneMatch(network -> network.contains(from))) {
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
