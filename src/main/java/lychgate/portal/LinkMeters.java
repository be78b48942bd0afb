package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.admin.LinkStatus;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Metrics of the link to the game: {@code lychgate_link_*} and {@code lychgate_held_*}. */
final class LinkMeters {
    private LinkMeters() {}

    /**
     * @param link queried at each scrape
     */
    static void count(MeterRegistry registry, Supplier<LinkStatus> link) {
        gauge(
                registry,
                "lychgate.link.up",
                "1 if the game is connected.",
                link,
                status -> status.up() ? 1 : 0);
        gauge(
                registry,
                "lychgate.link.away.seconds",
                "How long the game has been away.",
                link,
                status -> status.away().toMillis() / 1e3);
        gauge(
                registry,
                "lychgate.held.commands",
                "Commands held while the game is away.",
                link,
                LinkStatus::heldCommands);
        gauge(
                registry,
                "lychgate.held.bytes",
                "Bytes of held commands.",
                link,
                LinkStatus::heldBytes);
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            Supplier<LinkStatus> link,
            ToDoubleFunction<LinkStatus> value) {
        Gauge.builder(name, link, its -> value.applyAsDouble(its.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
