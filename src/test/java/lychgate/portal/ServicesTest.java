package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.config.Configuration.PluginConfig;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ServicesTest {
    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final List<String> done = new ArrayList<>();
    private PluginConfig config = PluginConfig.DEFAULT;
    private final Services services =
            new Services(
                    _ -> config,
                    portal,
                    () -> () -> done.add("no offers"),
                    _ -> {},
                    service -> () -> done.add("forget " + service.name()));

    private final PortalPlugin clock = RecordingPlugin.on(4100, "clock", done);
    private final PortalPlugin news = RecordingPlugin.on(4200, "news", done);
    private final PortalPlugin mail = RecordingPlugin.broken("mail", "No post.", done);

    @Test
    void pluginThatCannotStartOffersNothing() throws StartException {
        services.start(List.of(mail, news));
        assertEquals(List.of("start mail", "no offers", "stop mail", "start news"), done);
        assertEquals(Map.of("news", 4200), services.ports(Map.of()));
    }

    @Test
    void thoseOfAReloadThatIsUndoneAreStoppedInReverseAndForgotten() throws StartException {
        services.start(List.of(clock));
        Runnable undo = services.startMore(List.of(clock, news, failing()));
        done.clear();
        undo.run();
        assertEquals(List.of("no offers", "forget failing", "forget news", "stop news"), done);
        assertEquals(Map.of("clock", 4100), services.ports(Map.of()));
    }

    @Test
    void requiredOneThatCannotStartUndoesThoseBeforeIt() throws StartException {
        services.start(List.of(clock));
        done.clear();
        config = new PluginConfig(true, true);
        assertThrows(StartException.class, () -> services.startMore(List.of(news, mail)));
        assertEquals(
                List.of(
                        "start news",
                        "start mail",
                        "no offers",
                        "stop mail",
                        "no offers",
                        "forget news",
                        "stop news"),
                done);
        assertEquals(Map.of("clock", 4100), services.ports(Map.of()));
    }

    /** One that cannot be stopped, which keeps no other from it. */
    private static PortalPlugin failing() {
        return new PortalPlugin() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public void start(PortalApplication application) {}

            @Override
            public void stop() {
                throw new IllegalStateException("as told");
            }
        };
    }
}
