package lychgate.server;

import lychgate.session.CommandTuple;

/** Handles one inputcommand. Called on the game thread. */
@FunctionalInterface
public interface InputFunc {
    /** Handles what a client sent. Nothing in it has been validated. */
    void handle(ServerSession session, CommandTuple input);
}
