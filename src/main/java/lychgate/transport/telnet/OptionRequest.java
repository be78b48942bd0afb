package lychgate.transport.telnet;

import lychgate.telnet.Side;

/** An option that wants itself on or off, on its way down to the negotiation. */
record OptionRequest(int option, Side side, boolean on) {}
