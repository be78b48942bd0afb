package lychgate.examples.grapevine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.testing.Await;
import lychgate.testing.GivenSettings;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bot, between a game and a network that a test plays. */
class GrapevineTest {
    private static final Login ACCOUNT = new Login(true, 7L, null, null);
    private static final String IN = "{\"event\":\"authenticate\",\"status\":\"success\"}";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final RecordingGame game = portal.game();
    private final FakeGrapevine network = new FakeGrapevine();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() {
        settings.put("url", network.url().toString());
        settings.put("client_id", "our-game");
        settings.put("client_secret", "our-secret");
        offers();
    }

    @AfterEach
    void close() {
        portal.sessions().ids().forEach(id -> game.disconnect(id, "the test is over"));
        network.close();
        portal.close();
    }

    @Test
    void talkOfTheNetworkReachesTheGameAndBack() throws MalformedException {
        joins();
        network.sends(broadcast("gossip", "hello |rall"));
        network.sends(broadcast("another", "not for us"));
        network.sends(broadcast("gossip", "again"));
        game.hears(
                "1 bot_data_in [hello ||rall] {event=channels/broadcast,"
                        + " grapevine_channel=gossip, sender=anna, game=Other}",
                "1 bot_data_in [again] {event=channels/broadcast, grapevine_channel=gossip,"
                        + " sender=anna, game=Other}");
        game.text(1, "nothing for the network");
        game.send(1, CommandTuple.of("channel", "|rhello|n", "gossip", "bert", Map.of()));
        assertEquals(
                Map.of(
                        "event",
                        "channels/send",
                        "payload",
                        Map.of("message", "hello", "channel", "gossip", "name", "bert")),
                next());
    }

    @Test
    void heartbeatIsAnswered() throws MalformedException {
        joins();
        network.sends("{\"event\":\"heartbeat\"}");
        assertEquals(Map.of("event", "heartbeat", "payload", Map.of("players", List.of())), next());
    }

    @Test
    void sessionOutlivesItsConnection() throws MalformedException {
        joins();
        network.hangsUp();
        network.accepts();
        next();
        network.sends(IN).sends(broadcast("gossip", "back?"));
        game.awaits(
                "1 bot_data_in [back?] {event=channels/broadcast, grapevine_channel=gossip,"
                        + " sender=anna, game=Other}");
        assertEquals(List.of(1L), portal.sessions().ids());
    }

    @Test
    void connectionThatEndsWithoutAWordIsMadeAnew() throws MalformedException {
        joins();
        network.cuts();
        network.accepts();
        assertTrue(network.next().contains("authenticate"));
    }

    @Test
    void gameThatIsNotKnownThereHasNoBot() throws MalformedException {
        asks();
        network.accepts();
        next();
        network.sends("{\"event\":\"authenticate\",\"status\":\"failure\"}");
        Await.equal(List.of(), portal.sessions()::ids);
    }

    @Test
    void whatIsMalformedOrTooLongIsCounted() throws MalformedException {
        joins();
        network.sends("{").sends("[]").sends("{\"event\":7}").sends(broadcast("gossip", "on"));
        game.awaits(
                "1 bot_data_in [on] {event=channels/broadcast, grapevine_channel=gossip,"
                        + " sender=anna, game=Other}");
        assertEquals(1, portal.meters().count("malformed grapevine_message"));
        network.sends(broadcast("gossip", "x".repeat(GrapevineSocket.MAX_MESSAGE)));
        network.accepts(); // it has left, and connects again
        assertEquals(2, portal.meters().count("malformed grapevine_message"));
    }

    @Test
    void withoutAnAccountOrAChannelNothingIsOpened() {
        game.portal().connectOutwards("grapevine", ACCOUNT, Map.of("grapevine_channel", ""));
        settings.put("client_secret", "");
        offers();
        asks();
        assertEquals(2, portal.meters().count("refused outbound_config"));
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void secretIsInNoText() {
        assertTrue(!new Account("id", "secret", "gossip").toString().contains("secret"));
    }

    private void offers() {
        Grapevine plugin = new Grapevine();
        plugin.configure(new GivenSettings(settings));
        plugin.start(portal);
    }

    private void asks() {
        game.portal()
                .connectOutwards(
                        "evennia.server.portal.grapevine.RestartingWebsocketServerFactory",
                        ACCOUNT,
                        Map.of("grapevine_channel", "gossip"));
    }

    /** A bot that the network knows. */
    private void joins() throws MalformedException {
        asks();
        network.accepts();
        Map<?, ?> first = next() instanceof Map<?, ?> map ? map : Map.of();
        assertEquals("authenticate", first.get("event"));
        assertEquals(
                Map.of(
                        "client_id",
                        "our-game",
                        "client_secret",
                        "our-secret",
                        "supports",
                        List.of("channels"),
                        "channels",
                        List.of("gossip"),
                        "version",
                        "1.0.0",
                        "user_agent",
                        "Lychgate"),
                first.get("payload"));
        network.sends(IN).sends("{\"event\":\"heartbeat\"}");
        next();
        game.hears("1 connected", "1 settled");
    }

    private @Nullable Object next() throws MalformedException {
        return Json.read(network.next());
    }

    private static String broadcast(String channel, String words) {
        return Json.write(
                Map.of(
                        "event",
                        "channels/broadcast",
                        "payload",
                        Map.of(
                                "channel", channel, "message", words, "name", "anna", "game",
                                "Other")));
    }
}
