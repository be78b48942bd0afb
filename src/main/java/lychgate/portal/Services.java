package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.config.Configuration.PluginConfig;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The services that are enabled: how they are started, asked, and told that the portal stops. */
final class Services {
    private static final Logger log = LoggerFactory.getLogger(Services.class);

    /** How often to ask whether everything has been sent. */
    private static final Duration POLL = Duration.ofMillis(20);

    private final Function<String, @Nullable PluginConfig> plugins;
    private final PortalApplication application;
    private final Supplier<Runnable> offers;
    private final Consumer<String> transports;
    private final Function<PortalPlugin, Runnable> begun;
    private final List<PortalPlugin> running = new CopyOnWriteArrayList<>();

    /**
     * @param plugins the configuration of a plugin, by its name; null for a service of our own
     * @param application passed to each
     * @param offers makes what undoes the offers of outbound sessions that follow
     * @param transports is told of each kind of sessions
     * @param begun is told of each service that runs, and so must be stopped; what it returns
     *     forgets that again
     */
    Services(
            Function<String, @Nullable PluginConfig> plugins,
            PortalApplication application,
            Supplier<Runnable> offers,
            Consumer<String> transports,
            Function<PortalPlugin, Runnable> begun) {
        this.plugins = plugins;
        this.application = application;
        this.offers = offers;
        this.transports = transports;
        this.begun = begun;
    }

    /**
     * Starts them all, in that order. A plugin that cannot start is left out unless it is required.
     */
    void start(List<PortalPlugin> all) throws StartException {
        for (PortalPlugin service : all) {
            start(service);
        }
    }

    /**
     * Starts the plugins that are enabled and do not run, while the portal is ready.
     *
     * @return what undoes that
     * @throws StartException if one fails that is required: then none runs
     */
    Runnable startMore(List<PortalPlugin> all) throws StartException {
        List<PortalPlugin> started = new ArrayList<>();
        Deque<Runnable> stops = new ArrayDeque<>(); // of the last one first
        Runnable noOffers = offers.get();
        Runnable undo =
                () -> {
                    noOffers.run(); // nothing is asked of what is stopped
                    stops.forEach(Runnable::run);
                };
        boolean done = false;
        try {
            for (PortalPlugin service : all) {
                PluginConfig config = plugins.apply(service.name());
                if (config != null && config.enabled() && !running.contains(service)) {
                    Runnable stop = start(service);
                    if (stop != null) {
                        started.add(service);
                        stops.push(stop);
                    }
                }
            }
            done = true;
        } finally {
            if (!done) {
                undo.run();
            }
        }
        started.forEach(this::tellReady);
        return undo;
    }

    /** Those of some plugins that run. */
    List<PortalPlugin> running(List<PortalPlugin> some) {
        return some.stream().filter(running::contains).toList();
    }

    /** Starts one, and returns what stops it; null if it is left out. */
    private @Nullable Runnable start(PortalPlugin service) throws StartException {
        PluginConfig config = plugins.apply(service.name());
        Runnable noOffers = offers.get();
        try {
            service.start(application);
            service.transports().forEach(transports);
        } catch (IOException | RuntimeException e) {
            noOffers.run();
            service.stop();
            if (config == null || config.required()) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
            log.warn("plugin {} could not start, left out: {}", service.name(), e.getMessage());
            return null;
        }
        running.add(service);
        Runnable forget = begun.apply(service);
        return () -> {
            forget.run();
            try {
                stop(service);
            } catch (RuntimeException e) {
                log.error("service {} failed when it was stopped", service.name(), e);
            }
        };
    }

    /** Stops one, if it runs. */
    void stop(PortalPlugin service) {
        if (running.remove(service)) {
            service.stop();
        }
    }

    /** Tells them that the portal is ready. */
    void tellReady() {
        running.forEach(this::tellReady);
    }

    private void tellReady(PortalPlugin service) {
        try {
            service.ready();
        } catch (RuntimeException e) {
            log.error("service {} failed after the start", service.name(), e);
        }
    }

    /**
     * The ports of those that listen, by name: our own in their order, then plugins as they were
     * started.
     *
     * @param more of the link to the game
     */
    Map<String, Integer> ports(Map<String, Integer> more) {
        Map<String, Integer> open = new LinkedHashMap<>();
        for (PortalPlugin service : running) {
            service.port().ifPresent(port -> open.put(service.name(), port));
        }
        open.putAll(more);
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String own : Configuration.serviceNames()) {
            Integer port = open.remove(own);
            if (port != null) {
                ports.put(own, port);
            }
        }
        ports.putAll(open);
        return ports;
    }

    /** Has them accept no more connections. */
    void closeListeners(StopSteps steps, Duration most) {
        for (PortalPlugin service : running) {
            steps.run(service.name(), most, service::closeListener);
        }
    }

    /** Waits until all have sent what they had to send, or until that time. */
    void awaitDrained(long nanoTime) {
        try {
            while (!running.stream().allMatch(PortalPlugin::drained)
                    && System.nanoTime() - nanoTime < 0) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
