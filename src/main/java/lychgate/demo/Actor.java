package lychgate.demo;

import lychgate.server.ServerSession;

/** Who typed a command, and over which of their connections. */
record Actor(Player player, ServerSession session) {}
