package lychgate.nats;

import java.util.function.BooleanSupplier;

/**
 * A bus for a process that may have been replaced: while it is not entitled to what it does, it
 * says and hears nothing. What it misses is sent again.
 *
 * @param entitled asked with each message
 */
public record FencedBus(Bus bus, BooleanSupplier entitled) implements Bus {
    @Override
    public boolean publish(String subject, byte[] body) {
        return entitled.getAsBoolean() && bus.publish(subject, body);
    }

    @Override
    public boolean isListening() {
        return entitled.getAsBoolean() && bus.isListening();
    }

    @Override
    public Listening subscribe(String subject, Receiver receiver) {
        return bus.subscribe(
                subject,
                new Receiver() {
                    @Override
                    public void received(String to, byte[] body) {
                        if (entitled.getAsBoolean()) {
                            receiver.received(to, body);
                        }
                    }

                    @Override
                    public void slow() {
                        receiver.slow();
                    }
                });
    }
}
