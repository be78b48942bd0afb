package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.keys.AuthorizedKeys;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Checks the SSH keys of players at a reload. They are read whenever the file has changed, but if
 * it cannot be used, that is for the operator to know who has just changed it.
 */
record KeysOfPlayers(Path file) implements Reloadable {
    @Override
    public Runnable read(Configuration next) throws IOException {
        if (next.speaksSsh()) {
            AuthorizedKeys.check(file);
        }
        return () -> {};
    }
}
