package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.admin.LinkStatus;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows how the link to the game is: {@code lychgate_link_*} and {@code lychgate_held_*}. */
final class LinkMeters {
    private LinkMeters() {}

    /**
     * @param link asked whenever somebody looks
     */
    static void count(MeterRegistry registry, Supplier<LinkStatus> link) {
        gauge(registry, "lychgate.link.up", link, status -> status.up() ? 1 : 0);
        gauge(
                registry,
                "lychgate.link.away.seconds",
                link,
                status -> status.away().toMillis() / 1e3);
        gauge(registry, "lychgate.held.commands", link, LinkStatus::heldCommands);
        gauge(registry, "lychgate.held.bytes", link, LinkStatus::heldBytes);
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            Supplier<LinkStatus> link,
            ToDoubleFunction<LinkStatus> value) {
        Gauge.builder(name, link, its -> value.applyAsDouble(its.get()))
                .strongReference(true)
                .register(registry);
    }
}
