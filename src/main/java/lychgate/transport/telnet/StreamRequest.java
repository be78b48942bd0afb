package lychgate.transport.telnet;

/** An option that wants the bytes of the connection treated otherwise, on its way to the codec. */
sealed interface StreamRequest {

    /** What is written from here on is compressed, or no longer. */
    record Compress(boolean on) implements StreamRequest {}

    /** What is read from here on is to be inflated, up to the end of the stream. */
    record Inflate() implements StreamRequest {}
}
