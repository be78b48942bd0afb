package lychgate.portal;

import lychgate.admin.AdminConfig;
import lychgate.admin.page.PageAccess;
import lychgate.demo.Banner;
import lychgate.session.Meters;

import java.io.IOException;
import java.time.InstantSource;

/** Reads files as a start does, to find the mistakes that would end it. */
public final class StartFiles {
    private StartFiles() {}

    /**
     * Reads the login screen.
     *
     * @throws IOException if it has a mistake: the message says where
     */
    public static void checkBanner(Home home) throws IOException {
        new Banner(home.banner()).read();
    }

    /**
     * Reads the bans.
     *
     * @throws StartException if there is a mistake: the message says where
     */
    public static void checkBans(Home home) throws StartException {
        new Bans(home.var(), InstantSource.system(), System::nanoTime).load();
    }

    /**
     * Reads the token of the operator's page, if that is to be served.
     *
     * @throws IOException if it cannot be used: the message is one sentence
     */
    public static void checkToken(AdminConfig admin) throws IOException {
        if (admin.enabled()) {
            PageAccess.of(admin.tokenFile(), Meters.NONE, System::nanoTime);
        }
    }
}
