package lychgate.transport.telnet.front;

import lychgate.plugin.Admission;

import java.net.InetAddress;

/**
 * The remote end of an admitted connection.
 *
 * @param address the client's address; behind a trusted proxy, the one from its header
 * @param place the place that the connection takes, given back when it is closed
 */
record RemotePeer(InetAddress address, Admission.Place place) {}
