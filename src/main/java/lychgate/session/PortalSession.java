package lychgate.session;

import java.util.List;

/**
 * One external connection, whatever it speaks: what a protocol implements and the portal calls.
 *
 * <p>The other direction, what the protocol calls when something comes from its client, is {@code
 * lychgate.plugin.PortalSessionHandler}. Together they are the customer's {@code Session} class:
 * {@code docs/writing-a-protocol.md} has a table of the names.
 *
 * <p><b>Threads.</b> Any thread may call any method, several at once; none may block. What is sent
 * by one thread must arrive in the order in which it was sent.
 */
public interface PortalSession {

    /**
     * Takes commands for the client, in their order. The default sorts them to the three methods
     * below, each of which handles one kind.
     */
    default void dataOut(List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            switch (Output.of(command)) {
                case Output.Text text -> sendText(text);
                case Output.Prompt prompt -> sendPrompt(prompt);
                case Output.Oob oob -> sendDefault(oob.command());
            }
        }
    }

    /** Shows words to the player, on a line of their own. */
    void sendText(Output.Text text);

    /** Shows what stands before the player's input. */
    void sendPrompt(Output.Prompt prompt);

    /** Sends any other command; a protocol that has no place for it drops it. */
    void sendDefault(CommandTuple command);

    /** An account has been logged in over this session. */
    default void atLogin() {}

    /** The game has been restarted and is back. */
    default void atReload() {}

    /** What is known of the client has changed by the game's word; the next output obeys. */
    default void factsChanged(ClientFacts facts) {}

    /**
     * Ends the connection: shows the reason if there is one, sends what is still unsent, closes.
     * More than one call is harmless.
     *
     * @param reason words for the player; empty for none
     */
    void disconnect(String reason);

    /**
     * Stops reading from the client, or goes on. While held, what the client sends stays in its TCP
     * connection.
     */
    default void holdInput(boolean hold) {}

    /**
     * Bytes (about) that the session was handed and its client has not taken yet: they count from
     * {@link #dataOut} on.
     */
    default long unsent() {
        return 0;
    }
}
