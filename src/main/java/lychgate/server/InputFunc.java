package lychgate.server;

import lychgate.session.CommandTuple;

/** The game's handler for one inputcommand. Called on the game thread. */
@FunctionalInterface
public interface InputFunc {
    /** Handles what a client sent. Its values are whatever the client made them: check them. */
    void handle(ServerSession session, CommandTuple input);
}
