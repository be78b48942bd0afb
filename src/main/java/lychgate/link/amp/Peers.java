package lychgate.link.amp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;

/** Tells which local user a connection comes from, where the system can tell. */
public interface Peers {
    /** The user at the other end of a connection. */
    sealed interface Owner {}

    /**
     * A user of this machine.
     *
     * @param uid the user's number
     */
    record User(long uid) implements Owner {}

    /** The system cannot tell: the peer is on another machine, or this is not Linux. */
    record Unknown() implements Owner {}

    /** The other end has been closed. */
    record Gone() implements Owner {}

    /** The addresses of a connection, the peer's first. */
    record Pair(InetSocketAddress peer, InetSocketAddress own) {}

    /** The owners of the peers of these connections, in the same order. May block. */
    List<Owner> owners(List<Pair> connections);

    /** The user of this process, if known. */
    OptionalLong self();
}
