package lychgate.demo;

import lychgate.demo.Accounts.Account;
import lychgate.demo.Outcome.Denied;
import lychgate.demo.Outcome.Granted;
import lychgate.demo.Outcome.Unavailable;
import lychgate.server.GameHost;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.session.Claim;
import lychgate.session.Fact;
import lychgate.text.Markup;
import lychgate.text.PlayerText;
import lychgate.text.Table;

import java.util.Optional;
import java.util.function.Consumer;

/** The game before login. */
final class LoginScreen {
    private static final Markup REFUSED = Markup.of("|rThat name and password do not match.|n");
    private static final Markup BUSY =
            Markup.of("Many are at the gate just now. Please try again in a moment.");
    private static final Markup UNREAD =
            Markup.of(
                    "|rAccounts cannot be read at the moment.|n The trouble is on our side, and"
                            + " has been noted; please try again later.");
    private static final Markup NOT_SAVED =
            Markup.of(
                    "|rYour account could not be saved, and was not created.|n The trouble is on"
                        + " our side, and has been noted; please try again later, or come in as a"
                        + " |wguest|n.");
    private static final Markup PASSWORD = Markup.of("Your password: ");
    private static final Markup NEW_PASSWORD = Markup.of("A new password: ");
    private static final Markup AGAIN = Markup.of("The same password again: ");

    private final Gatehouse game;
    private final GameHost host;
    private final Accounts accounts;
    private final ScreenReader screenReader;
    private final Banner banner;

    LoginScreen(
            Gatehouse game,
            GameHost host,
            Accounts accounts,
            ScreenReader screenReader,
            Banner banner) {
        this.game = game;
        this.host = host;
        this.accounts = accounts;
        this.screenReader = screenReader;
        this.banner = banner;
    }

    /** Logs in a client whose transport has proven its account; shows the banner to all others. */
    void greet(ServerSession session) {
        Claim claim = session.claim();
        if (claim == null || !claim.proven()) {
            welcome(session);
            return;
        }
        boolean asked =
                session.blocking(
                        () -> Outcome.of(() -> accounts.named(claim.account())),
                        outcome -> {
                            switch (outcome) {
                                case Granted(Account account) -> {
                                    enter(session, account);
                                    game.answered(session);
                                }
                                case Denied _ -> welcome(session);
                                case Unavailable _ -> {
                                    session.msg(UNREAD);
                                    welcome(session);
                                }
                            }
                        });
        if (!asked) {
            session.msg(BUSY);
            welcome(session);
        }
    }

    private void welcome(ServerSession session) {
        showBanner(session);
        Claim claim = session.claim();
        if (claim != null) {
            session.msg(Markup.of("Enter alone is |wconnect {}|n.", claim.account()));
        }
        game.answered(session);
    }

    private void showBanner(ServerSession session) {
        Markup screen = banner.now();
        session.msg(session.client().is(Fact.SCREENREADER) ? screen.withoutDrawings() : screen);
    }

    void text(ServerSession session, PlayerText line) {
        PlayerText rest = line.rest();
        switch (line.verb()) {
            case "" -> connectAsClaimed(session);
            case "connect" -> connect(session, rest.firstWord(), rest.rest());
            case "create" -> create(session, rest.firstWord(), rest.rest());
            case "guest" -> game.enter(session, 0, game.nextGuest());
            case "who" -> TalkCommands.who(game, session);
            case "info" -> info(session);
            case "help" -> help(session);
            case "screenreader" -> {
                if (screenReader.choose(session, rest)) {
                    showBanner(session);
                }
            }
            case "quit" -> session.disconnect(TalkCommands.GOODBYE);
            default ->
                    session.msg(
                            Markup.of(
                                    "Before you log in, you can |wconnect|n, |wcreate|n, |wguest|n,"
                                            + " |wwho|n, |whelp|n or |wquit|n."));
        }
    }

    /** An empty line logs in under the name that the client gave, if it gave one. */
    private void connectAsClaimed(ServerSession session) {
        Claim claim = session.claim();
        if (claim != null) {
            connect(session, claim.account(), new PlayerText(""));
        }
    }

    /** Logs an account in, if the password is correct. */
    void connect(ServerSession session, String name, Secret password) {
        boolean looked =
                session.authenticate(
                        name,
                        () -> proof(Outcome.of(() -> accounts.check(name, password))),
                        found -> enter(session, found.orElse(new Denied()), REFUSED, UNREAD));
        if (!looked) {
            session.msg(BUSY);
        }
    }

    /** The account to report to the limits on guessing: empty if the password was wrong. */
    static Optional<Outcome> proof(Outcome outcome) {
        return outcome instanceof Denied ? Optional.empty() : Optional.of(outcome);
    }

    private void enter(ServerSession session, Outcome outcome, Markup denied, Markup unavailable) {
        switch (outcome) {
            case Granted(Account account) -> enter(session, account);
            case Denied _ -> session.msg(denied);
            case Unavailable _ -> session.msg(unavailable);
        }
    }

    private void enter(ServerSession session, Account account) {
        if (!session.loggedIn()) {
            screenReader.login(session, account);
        }
        game.enter(session, account.id(), account.name());
    }

    private void connect(ServerSession session, String name, PlayerText password) {
        if (name.isEmpty()) {
            session.msg("Who are you? Type |wconnect NAME|n.");
        } else if (password.isBlank()) {
            session.askSecret(PASSWORD, typed -> connect(session, name, typed));
        } else {
            connect(session, name, new Secret(password.typed()));
        }
    }

    private void create(ServerSession session, String name, PlayerText password) {
        String problem = Accounts.problemWith(name);
        if (problem != null) {
            session.msg(Markup.literal(problem));
        } else if (password.isBlank()) {
            askTwice(session, chosen -> create(session, name, chosen));
        } else {
            create(session, name, new Secret(password.typed()));
        }
    }

    private void create(ServerSession session, String name, Secret password) {
        if (tooShort(session, password)) {
            return;
        }
        Markup taken = Markup.of("The name {} is taken.", name);
        boolean asked =
                session.blocking(
                        () -> Outcome.of(() -> accounts.create(name, password)),
                        outcome -> enter(session, outcome, taken, NOT_SAVED));
        if (!asked) {
            session.msg(BUSY);
        }
    }

    /** Asks for a new password twice; it is used if both are equal. */
    static void askTwice(ServerSession session, Consumer<Secret> chosen) {
        session.askSecret(
                NEW_PASSWORD,
                first -> {
                    if (!tooShort(session, first)) {
                        session.askSecret(
                                AGAIN,
                                second -> {
                                    if (first.equals(second)) {
                                        chosen.accept(first);
                                    } else {
                                        session.msg("The two passwords differ. Please try again.");
                                    }
                                });
                    }
                });
    }

    private static boolean tooShort(ServerSession session, Secret password) {
        String typed = password.value();
        if (typed.codePointCount(0, typed.length()) < Accounts.MIN_PASSWORD) {
            session.msg(Markup.of("A password has {} characters or more.", Accounts.MIN_PASSWORD));
            return true;
        }
        return false;
    }

    private void info(ServerSession session) {
        session.msg(
                Markup.of(
                        """
                        ## BEGIN INFO 1.1
                        Name: {}
                        Uptime: {}
                        Connected: {}
                        Version: Lychgate {}
                        ## END INFO\
                        """,
                        host.gameName(),
                        host.started(),
                        game.players().size(),
                        host.version()));
    }

    private static void help(ServerSession session) {
        session.msg(
                Table.of()
                        .row(Markup.of("|wconnect NAME|n"), "logs in to your account")
                        .row(
                                Markup.of("|wcreate NAME|n"),
                                "makes an account; you are asked for a password")
                        .row(Markup.of("|wguest|n"), "plays without an account")
                        .row(Markup.of("|wwho|n"), "lists who is here")
                        .row(Markup.of("|winfo|n"), "describes the game, for crawlers")
                        .row(
                                Markup.of("|wscreenreader on|n"),
                                "words only, without colours and drawings")
                        .row(Markup.of("|wquit|n"), "leaves"));
    }
}
