package lychgate.transport.web;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

import java.util.concurrent.TimeUnit;

/** A session by HTTP requests alone is like any other. */
public final class AjaxSessionContractTest implements SessionContract {

    @Override
    public Service listens(RecordingPortal portal) {
        WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
        return new Service() {
            @Override
            public Client connects() {
                return new AjaxPlayer(
                        web.port("web"),
                        () -> web.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(61)));
            }

            @Override
            public void close() {
                web.close();
            }
        };
    }
}
