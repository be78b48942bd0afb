package lychgate.config;

import lychgate.config.Configuration.GameConfig;
import lychgate.config.Configuration.Link;
import lychgate.config.SettingsReader.Found;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads section {@code [game]}, and checks that the game it names can be used. */
final class GameReader {
    private static final String LINK = "game.link";
    private static final String CLASS = "game.class";

    private final SettingsReader reader;
    private final Mistakes mistakes;
    private final GameClasses games;

    GameReader(SettingsReader reader, Mistakes mistakes, GameClasses games) {
        this.reader = reader;
        this.mistakes = mistakes;
        this.games = games;
    }

    GameConfig read() {
        Section section = reader.section("game");
        List<String> links =
                Stream.of(Link.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
        String chosen = section.choice("link", links.getFirst(), links);
        Link link = Link.valueOf(chosen.toUpperCase(Locale.ROOT));
        String className = section.text("class", "");
        Found named = reader.find(CLASS);
        if (named == null && link == Link.CLASS) {
            checkChoice();
        } else if (named != null && named.value() instanceof String && link == Link.CLASS) {
            check(className, named.origin());
        }
        return new GameConfig(link, named == null ? null : className);
    }

    private void checkChoice() {
        String fault = games.faultOfChoice();
        Origin link = reader.origin(LINK);
        if (fault != null && link != null) {
            mistakes.add(link, LINK + " = \"class\": " + fault);
        }
    }

    private void check(String className, Origin origin) {
        String fault = games.faultOf(className);
        if (fault != null) {
            List<String> others =
                    games.names().stream().filter(game -> !game.equals(className)).toList();
            mistakes.add(
                    origin,
                    "%s = \"%s\": must be %s%s"
                            .formatted(
                                    CLASS,
                                    className,
                                    fault,
                                    Mistakes.didYouMean(className, others)));
        }
    }
}
