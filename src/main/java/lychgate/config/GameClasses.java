package lychgate.config;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The games that {@code game.link = "class"} can choose from. */
public interface GameClasses {
    /** No games. */
    GameClasses NONE =
            new GameClasses() {
                @Override
                public List<String> names() {
                    return List.of();
                }

                @Override
                public @Nullable String faultOf(String className) {
                    return "a class that can be found";
                }

                @Override
                public @Nullable String faultOfChoice() {
                    return "there is no game";
                }
            };

    /** The classes that their jars declare as games. */
    List<String> names();

    /** What a class must be to be used as the game, and is not; null if it can be used. */
    @Nullable String faultOf(String className);

    /** Why there is no game to use if none is named; null if there is exactly one. */
    @Nullable String faultOfChoice();
}
