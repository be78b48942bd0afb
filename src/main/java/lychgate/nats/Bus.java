package lychgate.nats;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * What carries messages between the portals of a realm, at most once each. Any thread may call; no
 * method blocks.
 */
public interface Bus {

    /**
     * Sends a message, if there is a way and room for it; else it is dropped and counted.
     *
     * @return whether it was not dropped here; it may still be lost
     */
    @CanIgnoreReturnValue
    boolean publish(String subject, byte[] body);

    /** Takes the messages of a subject, which may have wildcards, on a thread of its own. */
    Listening subscribe(String subject, Receiver receiver);

    /** Whether what others send can arrive. */
    default boolean isListening() {
        return true;
    }

    /** A subscription. */
    interface Listening extends AutoCloseable {
        /** Ends it. Messages that have come already may still be delivered. */
        @Override
        void close();
    }
}
