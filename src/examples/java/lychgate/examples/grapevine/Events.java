package lychgate.examples.grapevine;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.plugin.OutboundLink;
import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.text.Spans;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** The messages of Grapevine's protocol 1.0.0, as values. */
final class Events {
    private static final String EVENT = "event";
    private static final String PAYLOAD = "payload";
    private static final String CHANNEL = "channel";

    private Events() {}

    /** What the network says. */
    sealed interface Event {}

    /** Whether the game is known there. */
    record Authenticated(boolean success) implements Event {}

    /** It asks whether the game is there. */
    record Heartbeat() implements Event {}

    /** Somebody talks in a channel. */
    record Broadcast(String channel, CommandTuple command) implements Event {}

    /** Something that means nothing to a bot. */
    record Other() implements Event {}

    /** Reads a message. */
    static Event read(String json) throws MalformedException {
        Map<?, ?> message = Json.read(json) instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> payload = message.get(PAYLOAD) instanceof Map<?, ?> map ? map : Map.of();
        String event = Values.text(message.get(EVENT));
        return switch (event) {
            case "authenticate" -> new Authenticated("success".equals(message.get("status")));
            case "heartbeat" -> new Heartbeat();
            case "channels/broadcast" ->
                    new Broadcast(
                            Values.text(payload.get(CHANNEL)),
                            CommandTuple.of(OutboundLink.BOT_DATA_IN, shown(payload, "message"))
                                    .kwarg(EVENT, event)
                                    .kwarg("grapevine_channel", Values.text(payload.get(CHANNEL)))
                                    .kwarg("sender", shown(payload, "name"))
                                    .kwarg("game", shown(payload, "game")));
            default -> new Other();
        };
    }

    private static String shown(Map<?, ?> payload, String key) {
        return Spans.escape(Values.text(payload.get(key)));
    }

    /** Who the game is. */
    static String authenticate(Account account) {
        return event(
                "authenticate",
                Map.of(
                        "client_id", account.id(),
                        "client_secret", account.secret(),
                        "supports", List.of("channels"),
                        "channels", List.of(account.channel()),
                        "version", "1.0.0",
                        "user_agent", "Lychgate"));
    }

    /** The answer to a heartbeat; who plays is not told. */
    static String heartbeat() {
        return event("heartbeat", Map.of("players", List.of()));
    }

    /** What the game says; null for a command that means nothing there. */
    static @Nullable String of(CommandTuple command) {
        return switch (command.name()) {
            case "channel" ->
                    event(
                            "channels/send",
                            Map.of(
                                    "message",
                                    plain(command.argument(0)),
                                    CHANNEL,
                                    Values.text(command.argument(1)),
                                    "name",
                                    plain(command.argument(2))));
            case "subscribe" -> event("channels/subscribe", channelOf(command));
            case "unsubscribe" -> event("channels/unsubscribe", channelOf(command));
            default -> null;
        };
    }

    private static Map<String, Object> channelOf(CommandTuple command) {
        return Map.of(CHANNEL, Values.text(command.argument(0)));
    }

    private static String plain(@Nullable Object markup) {
        return Renderer.render(Values.text(markup), RenderStyle.PLAIN);
    }

    private static String event(String name, Map<String, Object> payload) {
        return Json.write(Map.of(EVENT, name, PAYLOAD, payload));
    }
}
