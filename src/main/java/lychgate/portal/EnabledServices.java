package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.plugin.PortalPlugin;
import lychgate.transport.ssh.SshTransport;
import lychgate.transport.telnet.front.IoLoops;
import lychgate.transport.telnet.front.TelnetConfig;
import lychgate.transport.telnet.front.TelnetTransport;
import lychgate.transport.web.WebTransport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Creates the services that a configuration enables. */
final class EnabledServices {
    private EnabledServices() {}

    /** Creates the service of the admin port. */
    interface AdminPort {
        PortalPlugin create() throws StartException;
    }

    /**
     * The services, in the order in which they are started: our own, plugins, and the admin port
     * last.
     *
     * @param realm null without NATS
     */
    static List<PortalPlugin> of(
            Configuration configuration,
            Home home,
            IoLoops loops,
            PluginJars plugins,
            @Nullable Realm realm,
            AdminPort adminPort)
            throws StartException {
        List<PortalPlugin> all = new ArrayList<>();
        TelnetConfig telnet = configuration.telnet();
        String address = configuration.portal().listenAddress();
        if (telnet.enabled()) {
            all.add(TelnetTransport.plain(telnet, address, loops));
        }
        if (telnet.tls().enabled()) {
            all.add(TelnetTransport.overTls(telnet, address, loops));
        }
        if (configuration.ssh().enabled()) {
            all.add(new SshTransport(configuration.ssh(), home.ssh(), home.authorizedKeys()));
        }
        all.addAll(
                WebTransport.enabled(
                        configuration.web(), address, configuration.evennia().website()));
        if (realm != null && configuration.nats().serve()) {
            all.add(realm.transport());
        }
        plugins.portal().stream()
                .filter(plugin -> configuration.plugin(plugin.name()).enabled())
                .forEach(all::add);
        if (configuration.admin().enabled()) {
            all.add(adminPort.create());
        }
        return all;
    }
}
