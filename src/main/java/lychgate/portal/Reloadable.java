package lychgate.portal;

import lychgate.config.Configuration;

import java.io.IOException;

/**
 * Something that a reload reads again. All of it is read before anything takes effect, so that a
 * mistake leaves everything as it was.
 */
public interface Reloadable {
    /**
     * Reads it and checks it.
     *
     * @param next the configuration that is about to take effect
     * @return what puts it into effect; must not fail
     * @throws IOException if it has a mistake: the message says where, and what to do
     */
    Runnable read(Configuration next) throws IOException;
}
