package lychgate.link;

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
                public void gone() {}
            };

    /** Their numbers. */
    List<Long> ids();

    /** The game has been told. */
    void gone();
}
