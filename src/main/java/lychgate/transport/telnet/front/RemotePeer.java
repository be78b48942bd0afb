package lychgate.transport.telnet.front;

import lychgate.plugin.Admission;

import java.net.InetAddress;

/**
 * The other end of a connection that was admitted.
 *
 * @param address where the client is; behind a proxy that is believed, by its word
 * @param place that the connection takes up, given back when it ends
 */
record RemotePeer(InetAddress address, Admission.Place place) {}
