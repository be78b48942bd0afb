package lychgate.transport;

import lychgate.session.CommandTuple;
import lychgate.session.Output;

/** What a conversation speaks while it has no connection: nothing. */
final class NoDialect implements Dialect {
    @Override
    public void sendText(Output.Text text) {}

    @Override
    public void sendPrompt(Output.Prompt prompt) {}

    @Override
    public void sendDefault(CommandTuple command) {}

    @Override
    public void farewell(String reason) {}
}
