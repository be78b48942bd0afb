package lychgate.link.amp;

import lychgate.session.SessionChange;
import lychgate.session.SessionNumber;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which game knows a session, as told by which portal. It is kept with the session, by the portal
 * to which the client is connected, so that a portal that is started anew finds out whether the
 * game that it meets is that very one.
 *
 * @param portal when the portal was started, in milliseconds since 1970
 * @param process the game's process
 */
record KnownBy(long portal, long process) {
    /** No game that runs. */
    static final KnownBy NOBODY = new KnownBy(0, -1);

    /** The attribute in which it is kept; Evennia takes no notice of it. */
    private static final String NAME = "lychgate_known_by";

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(\\d{1,18})");

    /** Which game knows the session; null if none does. */
    static @Nullable KnownBy of(SessionSync sync) {
        if (!(sync.data().others().get(NAME) instanceof String text)) {
            return null;
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new KnownBy(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : null;
    }

    /** The change that keeps this with a session; empty if it is, or only one portal has it. */
    List<SessionChange> change(SessionSync sync) {
        if (SessionNumber.portal(sync.sessid()) == 0 || equals(of(sync))) {
            return List.of();
        }
        Map<String, @Nullable Object> others = new LinkedHashMap<>(sync.data().others());
        others.put(NAME, portal + ":" + process);
        return List.of(new SessionChange.OthersChanged(others));
    }
}
