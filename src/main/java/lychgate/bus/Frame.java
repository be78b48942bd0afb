package lychgate.bus;

/**
 * What two ends of a stream send each other, each in one message of the bus. Every frame names the
 * incarnation of the end that sends it and, as far as that end knows, of the one that it is meant
 * for: the two together name the stream, and a frame for a predecessor is recognized.
 */
sealed interface Frame {
    /** The largest frame, in bytes: a quarter of what a NATS server lets through by default. */
    int MAX_BYTES = 64 * 1024;

    /** Nobody. */
    long UNKNOWN = 0;

    /** The incarnation of the end that sends it. */
    long from();

    /** The incarnation of the other end, as the sender knows it, or {@link #UNKNOWN}. */
    long to();

    /**
     * "I am here, and this is who I am": sent until the other end has answered, and to who sends to
     * a predecessor.
     *
     * @param versions that the sender speaks
     * @param greeting what the sender says of itself, for the layer above
     */
    record Hello(long from, long to, Versions versions, byte[] greeting) implements Frame {}

    /**
     * A part of the stream.
     *
     * @param version of the protocol in which it is written
     * @param sequence its number in the stream, from 1
     * @param received the number of the last frame of the other direction that has been received
     * @param payload messages, and parts of them
     */
    record Data(long from, long to, int version, long sequence, long received, byte[] payload)
            implements Frame {}

    /**
     * A sign of life, and how far the other direction has been received.
     *
     * @param gap whether a later frame came than the one that is due
     */
    record Report(long from, long to, long received, boolean gap) implements Frame {}

    /** "I end, by order." */
    record Bye(long from, long to) implements Frame {}
}
