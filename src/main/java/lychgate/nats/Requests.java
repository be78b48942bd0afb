package lychgate.nats;

import io.nats.client.Message;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The questions that wait for answers. All answers come to one subscription, whose last token says
 * which question they belong to: a random one, so that only those who were asked can answer.
 */
final class Requests implements Subscription.Handler {
    /** The status of the message by which a server says that nobody subscribes to a subject. */
    private static final int NO_RESPONDERS = 503;

    private final String inbox;
    private final ScheduledExecutorService timer;
    private final Map<String, Question> open = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** One question. Its methods are not called at the same time, and none after the end. */
    interface Asker {
        /** An answer has come; true if no further one is wanted. */
        boolean answered(byte[] body);

        /** It has ended without {@link #answered} having said so. */
        void ended(Answer.None why);
    }

    /**
     * @param inbox where answers come, without the last token
     */
    Requests(String inbox, ScheduledExecutorService timer) {
        this.inbox = inbox;
        this.timer = timer;
    }

    /** The subject to subscribe to. */
    String subject() {
        return inbox + ".*";
    }

    /**
     * Begins a question.
     *
     * @param within the time for the first answer
     * @param longest the time for the last one
     * @return the subject to which answers must be sent
     */
    String begin(Duration within, Duration longest, Asker asker) {
        String token = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
        Question question = new Question(asker);
        open.put(token, question);
        question.endsWith(
                after(within, () -> endIfSilent(token, question)),
                after(longest, () -> end(token, question, Answer.None.SILENCE)));
        return inbox + "." + token;
    }

    private Future<?> after(Duration time, Runnable end) {
        return timer.schedule(end, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void endIfSilent(String token, Question question) {
        if (!question.isBeingAnswered()) {
            end(token, question, Answer.None.SILENCE);
        }
    }

    /** Ends a question that could not be sent. */
    void notSent(String replyTo) {
        String token = Subjects.last(replyTo);
        Question question = open.get(token);
        if (question != null) {
            end(token, question, Answer.None.NOT_CONNECTED);
        }
    }

    @Override
    public void received(Message message) {
        String token = Subjects.last(message.getSubject());
        Question question = open.get(token);
        if (question == null) {
            return; // too late
        }
        if (message.isStatusMessage()) {
            if (message.getStatus().getCode() == NO_RESPONDERS) {
                end(token, question, Answer.None.NOBODY);
            }
        } else if (question.answered(message.getData())) {
            open.remove(token);
        }
    }

    private void end(String token, Question question, Answer.None why) {
        open.remove(token);
        question.end(why);
    }

    private static final class Question {
        private final Asker asker;
        private List<Future<?>> deadlines = List.of();
        private boolean answering;
        private boolean over;

        Question(Asker asker) {
            this.asker = asker;
        }

        synchronized void endsWith(Future<?>... scheduled) {
            deadlines = List.of(scheduled);
            if (over) {
                close();
            }
        }

        synchronized boolean isBeingAnswered() {
            return answering;
        }

        synchronized boolean answered(byte[] body) {
            answering = true;
            if (!over && asker.answered(body)) {
                close();
            }
            return over;
        }

        synchronized void end(Answer.None why) {
            if (!over) {
                close();
                asker.ended(why);
            }
        }

        private void close() {
            over = true;
            deadlines.forEach(deadline -> deadline.cancel(false));
        }
    }
}
