package lychgate.demo;

import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import java.util.function.Consumer;

/** Changing one's password. */
final class AccountCommands {
    private static final Markup OLD_PASSWORD = Markup.of("Your password now: ");

    private final Accounts accounts;

    AccountCommands(Accounts accounts) {
        this.accounts = accounts;
    }

    void register(Consumer<Command> add) {
        add.accept(new Command("password", "changes your password", this::password));
    }

    private void password(Actor actor, PlayerText rest) {
        ServerSession session = actor.session();
        String name = actor.player().name();
        if (Accounts.problemWith(name) != null) {
            session.msg("A guest has no password.");
            return;
        }
        session.askSecret(
                OLD_PASSWORD,
                old -> LoginScreen.askTwice(session, chosen -> change(session, name, old, chosen)));
    }

    private void change(ServerSession session, String name, Secret old, Secret chosen) {
        boolean taken =
                session.blocking(
                        () -> {
                            Accounts.Account account = accounts.check(name, old);
                            if (account != null) {
                                accounts.change(account.id(), chosen);
                            }
                            return account != null;
                        },
                        changed ->
                                session.msg(
                                        changed
                                                ? Markup.of("Your password is changed.")
                                                : Markup.of("That is not your password.")));
        if (!taken) {
            session.msg("The clerk is busy just now. Please try again in a moment.");
        }
    }
}
