package lychgate.nats;

import java.util.List;

/** Answers questions with any number of messages. */
@FunctionalInterface
public interface Responder {
    /**
     * The messages that answer a question; none, if it is not to be answered. Called by one thread
     * at a time. What is thrown is logged.
     */
    List<byte[]> answer(String subject, byte[] question);
}
