package lychgate.bus;

/** What an end of a stream tells the layer above, in order. */
public sealed interface StreamEvent {

    /**
     * A stream has begun, empty in both directions: with an end that was not there before, or that
     * has begun anew. Whatever an earlier stream had not delivered is gone.
     *
     * @param greeting what the other end says of itself
     */
    record Joined(byte[] greeting) implements StreamEvent {}

    /** A message has arrived. */
    record Message(byte[] bytes) implements StreamEvent {}

    /** The other end has ended, by order. */
    record Left() implements StreamEvent {}

    /** There is another of this end, and the other end has taken its side. Told once. */
    record Superseded() implements StreamEvent {}

    /**
     * The other end is there and speaks no common version. Told once for each incarnation.
     *
     * @param versions that it speaks
     */
    record Incompatible(Versions versions) implements StreamEvent {}
}
