package lychgate.demo;

import lychgate.demo.Accounts.Account;
import lychgate.server.ServerSession;
import lychgate.session.Fact;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

/**
 * The command {@code screenreader on|off}, before login and after. What a player chose is stored
 * with their account, and counts more than what their client says.
 */
final class ScreenReader {
    private static final String SOURCE = "player";
    private static final String ACCOUNT = "account";

    /** The session's data: what was chosen on it. It is stored when an account logs in. */
    private static final String CHOSEN = "screenreader";

    private static final Markup ON =
            Markup.of(
                    "Screen reader mode is on: words only, without colours and drawings, and the"
                            + " line that you type is not shown again.");
    private static final Markup OFF = Markup.of("Screen reader mode is off.");
    private static final Markup NOT_SAVED =
            Markup.of("That could not be saved with your account: it counts for this connection.");

    private final Accounts accounts;

    ScreenReader(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Runs the command. Returns whether it was understood. */
    boolean choose(ServerSession session, PlayerText rest) {
        Boolean on =
                switch (rest.strip().verb()) {
                    case "on" -> true;
                    case "off" -> false;
                    default -> null;
                };
        if (on == null) {
            session.msg(
                    Markup.of(
                            "Screen reader mode is {}. Type |wscreenreader on|n or |wscreenreader"
                                    + " off|n.",
                            session.client().is(Fact.SCREENREADER) ? "on" : "off"));
            return false;
        }
        session.data(CHOSEN, on);
        session.learned(Fact.SCREENREADER, on, SOURCE);
        session.msg(on ? ON : OFF);
        store(session, session.account(), on);
        return true;
    }

    /** An account logs in: its choice counts, unless the player has just made another. */
    void login(ServerSession session, Account account) {
        if (session.data(CHOSEN) instanceof Boolean chosen) {
            if (!chosen.equals(account.screenReader())) {
                store(session, account.name(), chosen);
            }
        } else if (account.screenReader() != null) {
            session.learned(Fact.SCREENREADER, account.screenReader(), ACCOUNT);
        }
    }

    private void store(ServerSession session, @Nullable String name, boolean on) {
        if (name == null || Accounts.problemWith(name) != null) {
            return; // not logged in yet, or a guest
        }
        boolean taken =
                session.blocking(
                        () -> Outcome.of(() -> accounts.changeScreenReader(name, on)),
                        outcome -> {
                            if (!(outcome instanceof Outcome.Granted)) {
                                session.msg(NOT_SAVED);
                            }
                        });
        if (!taken) {
            session.msg(NOT_SAVED);
        }
    }
}
