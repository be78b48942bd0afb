package lychgate.peers;

import lychgate.examples.irc.FakeIrcServer;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

/** The demo game and an IRC channel, by nothing but the plugin's jar and its settings. */
class IrcTalkIT {
    private static final String ANNA = ":anna!a@host ";

    @Test
    void playersHearWhatIsSaidOnIrcAndAreHeardThere() throws Exception {
        try (FakeIrcServer irc = new FakeIrcServer();
                Distribution portal = withPlugin(irc.port()).start()) {
            irc.accepts("gate").welcomes("gate", "#lobby");
            try (TelnetPeer player = TelnetPeer.connect(portal.port("telnet"))) {
                player.skipsTo("'guest'").types("guest").skipsTo("'Welcome'");
                irc.sends(ANNA + "PRIVMSG #lobby :hello |rthere");
                player.skipsTo("' on IRC: hello |rthere'");
                player.sends("IAC DO GMCP IAC SB GMCP 'irc_say \"good evening\"' IAC SE");
                irc.awaitsPart(": good evening");
                portal.command("reload");
                irc.sends(ANNA + "PRIVMSG #lobby :\u0001ACTION waves\u0001");
                player.skipsTo("' on IRC waves'");
            }
        }
    }

    private static Distribution withPlugin(int port) throws Exception {
        Distribution portal = Distribution.inNewHome();
        Files.createDirectories(portal.home().resolve("plugins"));
        Files.copy(Path.of("target/examples/irc.jar"), portal.home().resolve("plugins/irc.jar"));
        return portal.set("plugins.irc-talk.network=127.0.0.1")
                .set("plugins.irc-talk.port=" + port)
                .set("plugins.irc-talk.tls=false")
                .set("plugins.irc-talk.channel=#lobby")
                .set("plugins.irc-talk.nick=gate");
    }
}
