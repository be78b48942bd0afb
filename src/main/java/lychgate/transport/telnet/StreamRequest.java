package lychgate.transport.telnet;

/** A request to start or stop compression, sent down the chain to the codec filter. */
sealed interface StreamRequest {

    /** Starts or ends compression of the output at this point. */
    record Compress(boolean on) implements StreamRequest {}

    /** Inflates the input from this point, up to the end of the compressed stream. */
    record Inflate() implements StreamRequest {}
}
