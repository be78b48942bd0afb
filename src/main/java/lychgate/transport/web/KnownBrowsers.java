package lychgate.transport.web;

import lychgate.plugin.PortalApplication;
import lychgate.session.Browser;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Asks, before a session begins, whether its browser is logged in on the game's website. */
final class KnownBrowsers {
    private KnownBrowsers() {}

    /**
     * Goes on with what is known of a browser, at once or a little later, on the server's threads.
     *
     * @param key of the browser's session there, as it was sent with the request; empty for none
     * @param then given what is known; null for nothing
     * @param failed told if that throws
     */
    static void find(
            PortalApplication app,
            String key,
            Request request,
            Consumer<@Nullable Browser> then,
            Consumer<Throwable> failed) {
        if (key.isEmpty()) {
            then.accept(null);
            return;
        }
        Thread asking = Thread.currentThread();
        app.browserLogins()
                .find(
                        key,
                        browser -> {
                            if (Thread.currentThread().equals(asking)) {
                                then.accept(browser);
                            } else {
                                goOn(request, () -> then.accept(browser), failed);
                            }
                        });
    }

    private static void goOn(Request request, Runnable task, Consumer<Throwable> failed) {
        try {
            request.getComponents()
                    .getExecutor()
                    .execute(
                            () -> {
                                try {
                                    task.run();
                                } catch (RuntimeException e) {
                                    failed.accept(e);
                                }
                            });
        } catch (RuntimeException e) {
            failed.accept(e); // the server stops
        }
    }
}
