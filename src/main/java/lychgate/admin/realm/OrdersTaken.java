package lychgate.admin.realm;

import lychgate.admin.Answer;
import lychgate.admin.Commands;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.Subjects;
import lychgate.oob.MalformedException;
import lychgate.session.Meters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.function.Consumer;

/** Carries out the orders of other portals, and answers them. */
public final class OrdersTaken {
    private static final Logger log = LoggerFactory.getLogger(OrdersTaken.class);

    private final NatsConfig config;
    private final Commands commands;
    private final Meters meters;

    public OrdersTaken(NatsConfig config, Commands commands, Meters meters) {
        this.config = config;
        this.commands = commands;
        this.meters = meters;
    }

    /** Begins to take them. */
    public void open(NatsConnection connection) {
        var _ = connection.reply(config.subjects().orders(config.portal()), this::answer);
    }

    void answer(String subject, byte[] message, Consumer<byte[]> reply) {
        int from = Subjects.portal(subject);
        if (from == 0 || from == config.portal()) {
            meters.malformed("bus_subject");
            return;
        }
        try {
            Order order = Order.read(message);
            reply.accept(Parts.taken(config.portal()));
            Answer answer = commands.share(order.command(), order.arguments());
            commands.record(order.from(from), order.command(), order.arguments(), answer);
            List<byte[]> parts = parts(answer);
            (parts.isEmpty() ? parts(Answer.refused("Its answer is too long.")) : parts)
                    .forEach(reply);
        } catch (MalformedException e) {
            meters.malformed("portal_order");
            log.debug("an order of portal {}: {}", from, e.getMessage());
        }
    }

    private List<byte[]> parts(Answer answer) {
        return Parts.of(config.portal(), PortalAnswer.of(config.portal(), answer).toBytes());
    }
}
