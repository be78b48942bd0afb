package lychgate.portal;

/** The plugins that the portal uses now; a reload replaces them. Any thread may ask. */
final class PluginsInUse {
    private volatile PluginJars now;

    PluginsInUse(PluginJars atStart) {
        now = atStart;
    }

    PluginJars now() {
        return now;
    }

    void use(PluginJars next) {
        now = next;
    }
}
