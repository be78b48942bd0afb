package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;

/** Plays the game with real clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsIT {
    private static final String SECRET = "unseen-secret-7";

    private final Distribution portal;

    RealClientsIT() throws IOException {
        portal = Distribution.inNewHome();
    }

    @BeforeAll
    void start() throws Exception {
        portal.start();
    }

    @AfterAll
    void stop() throws Exception {
        portal.close();
    }

    @Test
    @RequiresPeer({"tmux", "tt++", "telnet"})
    void tinTinAndTelnetTalkToEachOther() throws Exception {
        try (Terminal tintin = tinTin();
                Terminal telnet = telnet()) {
            create(tintin, "Rowan");
            create(telnet, "Alder");
            tintin.type("say good evening").expect("You say, \"good evening\"");
            telnet.expect("Rowan says, \"good evening\"");
            telnet.type("say well met").expect("You say, \"well met\"");
            tintin.expect("Alder says, \"well met\"");
            telnet.type("north").expect("The Churchyard");
            tintin.expect("Alder goes north.");
        }
    }

    @Test
    @RequiresPeer({"tmux", "tf5"})
    void tinyFuguePlays() throws Exception {
        try (Terminal tf = Terminal.run(Programs.path("tf5"), "-n")) {
            tf.expect("TinyFugue");
            tf.type("/connect 127.0.0.1 " + portal.port("telnet"));
            create(tf, "Birch");
            tf.type("say hello").expect("You say, \"hello\"");
            tf.type("options").expect("client: TINYFUGUE (TTYPE)").expect("width: 99 (NAWS)");
        }
    }

    @Test
    @RequiresPeer({"tmux", "tt++"})
    void passwordIsUnseenAlsoTheSecondTime() throws Exception {
        try (Terminal tintin = tinTin()) {
            create(tintin, "Cedar");
            tintin.type("password").expect("Your current password:");
            tintin.type(SECRET).expect("A new password:");
            tintin.type(SECRET + "-new").expect("The same password again:");
            tintin.type(SECRET + "-new").expect("Your password is changed.");
            tintin.type("say seen again").expect("You say, \"seen again\"");
            for (String screen : tintin.everySeen()) {
                assertFalse(screen.contains(SECRET), screen);
            }
        }
    }

    @Test
    @RequiresPeer({"tmux", "tt++"})
    void windowIsKnownAndItsChangesToo() throws Exception {
        try (Terminal tintin = tinTin()) {
            tintin.type("guest").expect("Welcome");
            awaitOption(tintin, "(MTTS)"); // its answers take their time
            tintin.expect("client: TinTin++ (NEW-ENVIRON)");
            tintin.expect("width: 100 (NAWS)").expect("height: 30 (NAWS)");
            tintin.resize(120, 40);
            awaitOption(tintin, "width: 120 (NAWS)");
        }
    }

    private static void awaitOption(Terminal client, String fact) {
        Wait.until(
                fact, Duration.ofSeconds(10), () -> client.type("options").screen().contains(fact));
    }

    private Terminal tinTin() throws IOException {
        Terminal terminal = Terminal.run(Programs.path("tt++"), "-G");
        terminal.type("#session game 127.0.0.1 " + portal.port("telnet"));
        return terminal;
    }

    private Terminal telnet() throws IOException {
        return Terminal.run(
                Programs.path("telnet"), "127.0.0.1", Integer.toString(portal.port("telnet")));
    }

    private static void create(Terminal client, String name) throws IOException {
        client.expect("create NAME");
        client.type("create " + name).expect("A new password:");
        client.type(SECRET).expect("The same password again:");
        client.type(SECRET).expect("Welcome, " + name);
        for (String screen : client.everySeen()) {
            assertFalse(screen.contains(SECRET), screen);
        }
    }
}
