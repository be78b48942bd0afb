package lychgate.link;

import java.util.Collection;
import java.util.List;

/**
 * Sessions that ended with an earlier portal, of which a game that outlived it has not been told.
 */
public interface Orphans {
    /** No such sessions. */
    Orphans NONE =
            new Orphans() {
                @Override
                public List<Long> ids() {
                    return List.of();
                }

                @Override
                public List<Long> awaited() {
                    return List.of();
                }

                @Override
                public void gone(Collection<Long> ids) {}
            };

    /**
     * Their numbers. A session whose client is connected to another portal is not among them as
     * long as it may come back.
     */
    List<Long> ids();

    /**
     * Sessions of other portals that a game knows from an earlier portal, and that have not come
     * back yet. Those that don't, end up among the {@linkplain #ids others}.
     */
    List<Long> awaited();

    /** The game has been told of these. */
    void gone(Collection<Long> ids);
}
