package tavern;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import java.time.Duration;

/** One room, in which people talk and drink. All methods are called on one thread. */
public final class Tavern implements Game {
    private GameHost host;
    private int mugs = 100;

    @Override
    public void start(GameHost host) {
        this.host = host;
        host.every(Duration.ofMinutes(2), () -> all(Markup.of("|yThe fire|n crackles.")));
    }

    @Override
    public void greet(ServerSession session) {
        session.msg("|wThe Tavern|n. A table by the fire is free.");
        session.ask(Markup.of("What is your name? "), name -> enter(session, name));
    }

    private void enter(ServerSession session, PlayerText name) {
        if (!name.typed().matches("\\p{L}{2,16}") || isHere(name.typed())) {
            session.ask(Markup.of("Another name, please: "), next -> enter(session, next));
            return;
        }
        session.login(session.id(), name.typed()); // who has no account has a session's number
        all(Markup.of("|c{}|n comes in.", name));
    }

    @Override
    public void text(ServerSession session, PlayerText line) {
        switch (line.verb()) {
            case "say" -> all(Markup.of("|c{}|n says: {}", session.account(), line.rest()));
            case "order" -> order(session);
            case "quit" -> session.disconnect(Markup.of("Good night, {}.", session.account()));
            case "" -> {}
            default -> session.msg("You can |wsay|n something, |worder|n a mug, or |wquit|n.");
        }
    }

    private void order(ServerSession session) {
        mugs--;
        session.msg(Markup.of("The keeper brings a mug. {} are left.", mugs));
        session.msg(Message.oob("tavern_mugs").kwarg("left", mugs)); // for clients that draw them
    }

    @Override
    public void answered(ServerSession session) {
        session.msg(Message.prompt("> "));
    }

    @Override
    public void closed(ServerSession session) {
        if (session.loggedIn()) {
            all(Markup.of("|c{}|n leaves.", session.account()));
        }
    }

    private boolean isHere(String name) {
        return host.sessions().stream().anyMatch(guest -> name.equalsIgnoreCase(guest.account()));
    }

    private void all(Markup words) {
        host.msg(
                host.sessions().stream().filter(ServerSession::loggedIn).toList(),
                Message.text(words));
    }
}
