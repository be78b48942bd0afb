package lychgate.transport.telnet.front;

import lychgate.address.Addresses;
import lychgate.address.Cidr;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.ServerTls;
import lychgate.session.ClientFacts;
import lychgate.transport.telnet.TelnetChain;

import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.filterchain.IoFilterChainBuilder;
import org.apache.mina.core.session.IoSession;

import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Builds the filter chain of a TCP connection: PROXY header, TLS detection and TLS, then telnet.
 */
final class FrontChain implements IoFilterChainBuilder {
    private final TelnetListener listener;
    private final Function<IoSession, Executor> loops;
    private final Function<IoSession, RemotePeer> peers;
    private final TelnetChain telnet;
    private final PortalApplication app;

    /**
     * @param loops returns the I/O loop of a connection
     * @param peers returns the remote peer of an accepted connection
     */
    FrontChain(
            TelnetListener listener,
            Function<IoSession, Executor> loops,
            Function<IoSession, RemotePeer> peers,
            TelnetChain telnet,
            PortalApplication app) {
        this.listener = listener;
        this.loops = loops;
        this.peers = peers;
        this.telnet = telnet;
        this.app = app;
    }

    /** Behind a proxy, the client's filters are added only when its address is known. */
    @Override
    public void buildFilterChain(IoFilterChain chain) {
        RemotePeer peer = peers.apply(chain.getSession());
        if (listener.proxied()) {
            boolean sendsReason = !(listener.security() instanceof TelnetListener.Tls);
            chain.addLast(
                    "proxy", new ProxyFilter(peer, sendsReason, app, client -> add(chain, client)));
        } else {
            add(chain, peer);
        }
    }

    private void add(IoFilterChain chain, RemotePeer peer) {
        IoSession io = chain.getSession();
        io.getCloseFuture().addListener(_ -> peer.place().giveBack());
        Executor loop = loops.apply(io);
        addSecurity(chain, loop); // bytes <-> bytes
        String address = Addresses.text(peer.address());
        telnet.addTo(
                chain,
                new TelnetChain.Client(
                        new Opening(listener.name(), address, ClientFacts.NONE),
                        Cidr.anyContains(app.trustedProxies(), peer.address()),
                        loop,
                        new SocketEnding(io, app.scheduler())));
    }

    private void addSecurity(IoFilterChain chain, Executor loop) {
        switch (listener.security()) {
            case TelnetListener.Plain() -> chain.addLast("sniff", SniffFilter.refusing());
            case TelnetListener.Either(ServerTls tls) -> {
                chain.addLast("sniff", SniffFilter.choosing(app.scheduler(), loop));
                addTls(chain, tls, loop);
            }
            case TelnetListener.Tls(ServerTls tls) -> addTls(chain, tls, loop);
        }
    }

    private void addTls(IoFilterChain chain, ServerTls tls, Executor loop) {
        chain.addLast(TlsFilter.NAME, new TlsFilter(tls, app));
        chain.addLast(
                SecuredFilter.NAME,
                new SecuredFilter(app, loop)); // holds everything back until TLS is established
    }
}
