package lychgate.transport;

import lychgate.session.CommandTuple;
import lychgate.session.Output;

/** The dialect of a detached conversation: discards all output. */
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
