package lychgate.link;

import java.util.List;

/** Sessions of a portal before this one, which a game that outlived it still believes in. */
public interface Orphans {
    /** There are none. */
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

    /** The game knows that they are gone. */
    void gone();
}
