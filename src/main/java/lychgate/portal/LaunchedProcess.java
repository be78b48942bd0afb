package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.evennia.wire.PortalProcess;

import java.util.Map;
import java.util.function.Supplier;

/** The portal as Evennia's launcher sees it. */
record LaunchedProcess(
        Supplier<Configuration> configuration,
        String version,
        Supplier<Map<String, Integer>> services,
        Runnable stopOrder)
        implements PortalProcess {
    @Override
    public String name() {
        return configuration.get().portal().name();
    }

    @Override
    public Map<String, Integer> ports() {
        return services.get();
    }

    @Override
    public void stop() {
        stopOrder.run();
    }
}
