package lychgate.nats;

import java.util.function.Consumer;

/** Answers questions with any number of messages. */
@FunctionalInterface
public interface Responder {
    /**
     * Answers a question, or leaves it. Called by one thread at a time. What is thrown is logged.
     *
     * @param reply takes each message of the answer, and sends it at once
     */
    void answer(String subject, byte[] question, Consumer<byte[]> reply);
}
