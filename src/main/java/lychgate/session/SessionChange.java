package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A change that a game makes to the state of a session: a value, so that any link can carry it.
 * Each change replaces one part of the state and leaves the rest as it is.
 */
public sealed interface SessionChange {

    /** These facts of the client replace older answers to the same questions. */
    record FactsLearned(ClientFacts facts) implements SessionChange {}

    /** These facts of the client are no longer known. */
    record FactsForgotten(List<Fact<?>> facts) implements SessionChange {
        public FactsForgotten {
            facts = List.copyOf(facts);
        }
    }

    /** Somebody else is logged in, or nobody. */
    record LoginChanged(Login login) implements SessionChange {}

    /** The game has set the session's times or its count of inputs. */
    record ActivityChanged(Activity activity) implements SessionChange {}

    /** The browser's session key has changed. */
    record BrowserKeyChanged(@Nullable String csessid) implements SessionChange {}

    /** The game's own data has changed. */
    record ServerDataChanged(Map<String, @Nullable Object> serverData) implements SessionChange {
        public ServerDataChanged {
            serverData = Values.table(serverData);
        }
    }

    /** Attributes that have no meaning here have changed. */
    record OthersChanged(Map<String, @Nullable Object> others) implements SessionChange {
        public OthersChanged {
            others = GameData.copy(others);
        }
    }

    /** The changes that turn one state of a session into another; empty if they are equal. */
    static List<SessionChange> between(SessionSync before, SessionSync after) {
        List<SessionChange> changes = new ArrayList<>();
        ClientFacts learned = after.facts().newsSince(before.facts());
        if (!learned.equals(ClientFacts.NONE)) {
            changes.add(new FactsLearned(learned));
        }
        List<Fact<?>> forgotten = after.facts().missing(before.facts());
        if (!forgotten.isEmpty()) {
            changes.add(new FactsForgotten(forgotten));
        }
        if (!after.login().equals(before.login())) {
            changes.add(new LoginChanged(after.login()));
        }
        if (!after.activity().equals(before.activity())) {
            changes.add(new ActivityChanged(after.activity()));
        }
        if (!after.origin().equals(before.origin())) {
            changes.add(new BrowserKeyChanged(after.origin().csessid()));
        }
        if (!after.data().serverData().equals(before.data().serverData())) {
            changes.add(new ServerDataChanged(after.data().serverData()));
        }
        if (!after.data().others().equals(before.data().others())) {
            changes.add(new OthersChanged(after.data().others()));
        }
        return List.copyOf(changes);
    }
}
