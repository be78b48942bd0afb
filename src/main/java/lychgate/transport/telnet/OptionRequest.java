package lychgate.transport.telnet;

import lychgate.telnet.Side;

/** A request to enable or disable an option, sent down the chain to the negotiation filter. */
record OptionRequest(int option, Side side, boolean on) {}
