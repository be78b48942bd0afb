package lychgate.examples.irc;

import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.feature.network.ClientConnection;
import org.kitteh.irc.client.library.feature.network.NetworkHandler;
import org.kitteh.irc.client.library.feature.network.Resolver;

import java.net.InetAddress;

/**
 * Gives the library a connection that exists already, in place of one by Netty.
 *
 * @param connection the one
 */
record Network(ClientConnection connection) implements NetworkHandler {

    @Override
    public ClientConnection connect(Client.WithManagement client) {
        return connection;
    }

    @Override
    public Resolver getResolver() {
        return InetAddress::getByName;
    }

    @Override
    public void setResolver(Resolver resolver) {
        throw new UnsupportedOperationException("names are resolved elsewhere");
    }
}
