package lychgate.link.amp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;

/** Says which user of this machine a connection comes from, where the system can tell. */
public interface Peers {
    /** Who is at the other end of a connection. */
    sealed interface Owner {}

    /**
     * A user of this machine.
     *
     * @param uid the user's number
     */
    record User(long uid) implements Owner {}

    /** The system cannot tell: the peer is on another machine, or this is not Linux. */
    record Unknown() implements Owner {}

    /** No process has the other end any more. */
    record Gone() implements Owner {}

    /** A connection as its peer sees it. */
    record Pair(InetSocketAddress peer, InetSocketAddress own) {}

    /** Whose the peers of connections are, in their order. May block. */
    List<Owner> owners(List<Pair> connections);

    /** The user of this process, if known. */
    OptionalLong self();
}
