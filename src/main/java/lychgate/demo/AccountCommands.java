package lychgate.demo;

import lychgate.demo.Accounts.Account;
import lychgate.demo.Outcome.Denied;
import lychgate.demo.Outcome.Granted;
import lychgate.demo.Outcome.Unavailable;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Changing what is stored with one's account. */
final class AccountCommands {
    private static final Markup OLD_PASSWORD = Markup.of("Your current password: ");

    private static final Markup CHANGED = Markup.of("Your password is changed.");
    private static final Markup WRONG = Markup.of("That is not your password.");
    private static final Markup NOT_SAVED =
            Markup.of(
                    "|rYour new password could not be saved: the old one is still valid.|n The"
                        + " trouble is on our side, and has been noted; please try again later.");

    private final Accounts accounts;
    private final ScreenReader screenReader;

    AccountCommands(Accounts accounts, ScreenReader screenReader) {
        this.accounts = accounts;
        this.screenReader = screenReader;
    }

    void register(Consumer<Command> add) {
        add.accept(new Command("password", "changes your password", this::password));
        add.accept(
                new Command(
                        "screenreader on|off",
                        "words only, without colours and drawings",
                        (actor, rest) -> screenReader.choose(actor.session(), rest)));
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
                session.authenticate(
                        name,
                        () -> LoginScreen.proof(Outcome.of(() -> change(name, old, chosen))),
                        outcome ->
                                session.msg(
                                        switch (outcome.orElse(new Denied())) {
                                            case Granted _ -> CHANGED;
                                            case Denied _ -> WRONG;
                                            case Unavailable _ -> NOT_SAVED;
                                        }));
        if (!taken) {
            session.msg("The clerk is busy just now. Please try again in a moment.");
        }
    }

    private @Nullable Account change(String name, Secret old, Secret chosen)
            throws AccountsUnavailableException {
        Account owner = accounts.check(name, old);
        if (owner != null) {
            accounts.change(owner.id(), chosen);
        }
        return owner;
    }
}
