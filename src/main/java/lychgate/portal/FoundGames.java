package lychgate.portal;

import lychgate.config.GameClasses;
import lychgate.server.Game;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The games on the class path and in the jars of {@code HOME/plugins/}. The one that is chosen is
 * created when it is checked, so that a constructor that fails is a mistake of the configuration.
 */
public final class FoundGames implements GameClasses {
    private static final Logger log = LoggerFactory.getLogger(FoundGames.class);

    private final Path folder;
    private final List<Place> places;
    private final List<Declared> declared;
    private final Set<Class<?>> usable = new HashSet<>();
    private final Map<Class<?>, Game> unused = new HashMap<>();

    /** Where classes are looked for. */
    record Place(ClassLoader loader, String origin) {}

    /** A game that its jar offers as a service. */
    record Declared(Class<? extends Game> type, String origin) {
        @Override
        public String toString() {
            return type.getName() + " from " + origin;
        }
    }

    /** A class, or what is wrong with it. */
    private record Looked(@Nullable Class<?> type, @Nullable String fault) {}

    /**
     * @param folder where jars are looked for, for the operator to know
     */
    FoundGames(Path folder, List<Place> places, List<Declared> declared) {
        this.folder = folder;
        this.places = List.copyOf(places);
        this.declared = List.copyOf(declared);
    }

    @Override
    public List<String> names() {
        return declared.stream().map(game -> game.type().getName()).toList();
    }

    @Override
    public @Nullable String faultOf(String className) {
        Looked looked = look(className);
        return looked.type() == null ? looked.fault() : faultOf(looked.type());
    }

    @Override
    public @Nullable String faultOfChoice() {
        if (declared.isEmpty()) {
            return "there is no game in "
                    + folder
                    + ": put the jar of one there, or name its class with game.class";
        }
        if (declared.size() > 1) {
            return "there are "
                    + declared.size()
                    + " games, "
                    + declared.getFirst()
                    + " and "
                    + declared.get(1)
                    + ": name one with game.class, or take the others away";
        }
        String fault = faultOf(declared.getFirst().type());
        return fault == null ? null : declared.getFirst() + " must be " + fault;
    }

    /**
     * A new game of the chosen class, not started.
     *
     * @param className null: the only one
     * @throws IllegalStateException if it cannot be used, which a check would have told
     */
    synchronized Game create(@Nullable String className) {
        Class<?> type =
                className == null
                        ? declared.size() == 1 ? declared.getFirst().type() : null
                        : look(className).type();
        if (type == null) {
            throw new IllegalStateException("there is no such game");
        }
        Game checked = unused.remove(type);
        return checked == null ? created(type) : checked;
    }

    private Looked look(String className) {
        List<Class<?>> found = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        for (Place place : places) {
            try {
                Class<?> type = Class.forName(className, false, place.loader());
                if (place.loader().equals(type.getClassLoader())) {
                    found.add(type);
                    origins.add(place.origin());
                }
            } catch (ClassNotFoundException _) {
                // perhaps in the next place
            } catch (LinkageError e) {
                return new Looked(null, "a class that can be loaded (" + GameFault.shown(e) + ")");
            }
        }
        return switch (found.size()) {
            case 0 -> new Looked(null, "a class in a jar of " + folder);
            case 1 -> new Looked(found.getFirst(), null);
            default ->
                    new Looked(
                            null,
                            "a class in one jar only; it is in " + String.join(" and ", origins));
        };
    }

    private synchronized @Nullable String faultOf(Class<?> type) {
        if (usable.contains(type)) {
            return null;
        }
        if (!Game.class.isAssignableFrom(type)) {
            return "a class that implements " + Game.class.getName();
        }
        try {
            unused.put(type, created(type));
            usable.add(type);
            return null;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    /** Creates one; the message of a failure says what its class must be. */
    private static Game created(Class<?> type) {
        try {
            return type.asSubclass(Game.class).getConstructor().newInstance();
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalStateException(
                    "a public class, not abstract, with a public constructor without arguments", e);
        } catch (InvocationTargetException e) {
            log.debug("the constructor of {} failed", type.getName(), e.getCause());
            throw new IllegalStateException(
                    "a class whose constructor does not fail ("
                            + GameFault.shown(e.getCause())
                            + ")",
                    e);
        } catch (LinkageError e) {
            log.debug("{} cannot be created", type.getName(), e);
            throw new IllegalStateException(
                    "a class that can be created (" + GameFault.shown(e) + ")", e);
        }
    }
}
