package lychgate.admin;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The connection to NATS, of a portal that has others.
 *
 * @param connected whether there is one
 * @param servers the URL of the connected server, else of all that are tried, without passwords
 * @param place of this portal; null if it is another's, which does not say
 * @param peers the others, in order
 */
public record NatsStatus(
        boolean connected, String servers, @Nullable Place place, List<PeerStatus> peers) {
    /**
     * What a portal is in its realm.
     *
     * @param portal its number
     * @param shard the one that it serves, or to which its sessions are brought first
     * @param serves whether it serves it
     */
    public record Place(int portal, String shard, boolean serves) {}

    public NatsStatus {
        peers = List.copyOf(peers);
    }

    /** Reads what {@link Status#script} says of it; null if it says nothing. */
    static @Nullable NatsStatus read(Fields status) throws MalformedException {
        String nats = status.optionalText("nats");
        return nats.isEmpty()
                ? null
                : new NatsStatus(
                        nats.equals("up"), status.optionalText("nats_servers"), null, List.of());
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("NATS: ");
        text.append(connected ? "connected to " : "not connected to ").append(servers);
        if (place != null) {
            text.append(", portal ").append(place.portal);
            text.append(place.serves ? ", serves shard " : ", shard ").append(place.shard);
            String kind = place.serves ? "\nportal " : "\nshard ";
            peers.forEach(peer -> text.append(kind).append(peer.text()));
        }
        return text.toString();
    }
}
