package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;
import lychgate.session.BrowserLogins;
import lychgate.session.Meters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What every service is handed.
 *
 * @param current the configuration, asked each time
 * @param tlsKeys opened when the first service asks for TLS
 * @param ports of the services that listen now, by name
 * @param msspTable asked each time
 * @param varFolder where services keep their files
 */
record RunningApplication(
        PortalSessionHandler sessions,
        Admission admission,
        MemoryBudget memoryBudget,
        Scheduler scheduler,
        BrowserLogins browserLogins,
        Meters meters,
        CurrentConfiguration current,
        WatchedTls tlsKeys,
        Supplier<Map<String, Integer>> ports,
        MsspTable msspTable,
        Path varFolder)
        implements PortalApplication {

    @Override
    public Limits limits() {
        return current.limits();
    }

    @Override
    public String listenAddress() {
        return current.now().portal().listenAddress();
    }

    @Override
    public List<Cidr> trustedProxies() {
        return current.now().portal().trustedProxies();
    }

    @Override
    public ServerTls tls() throws IOException {
        return tlsKeys.open();
    }

    @Override
    public OptionalInt port(String service) {
        Integer port = ports.get().get(service);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public String gameName() {
        return current.now().portal().name();
    }

    @Override
    public Map<String, List<String>> mssp() {
        return msspTable.now();
    }
}
