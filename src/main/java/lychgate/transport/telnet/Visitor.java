package lychgate.transport.telnet;

import lychgate.plugin.Admission;

import java.net.InetAddress;

/**
 * Who has been let in.
 *
 * @param address where the client is; behind a proxy that is believed, by its word
 * @param place that the connection takes up
 */
record Visitor(InetAddress address, Admission.Place place) {}
