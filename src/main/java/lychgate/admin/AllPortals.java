package lychgate.admin;

import lychgate.admin.AdminClient.Form;

import java.util.List;

/** Carries out commands on all portals of the realm, this one included. Any thread may call. */
@FunctionalInterface
public interface AllPortals {
    /** Where this portal is the only one. */
    AllPortals NONE =
            (_, _, _, _) ->
                    Answer.refused(
                            "This portal knows of no others, so --all has no meaning: set"
                                    + " game.link = \"nats\", or nats.serve = true, in"
                                    + " lychgate.toml (docs/scale.md).");

    /**
     * Carries out a command with its arguments; waits until all have answered, but not longer than
     * 2 s for each to say that it has the command, and 10 s for its answer.
     *
     * @param form of the answer; the other one may be missing
     */
    Answer run(Operator who, String command, List<String> arguments, Form form);
}
