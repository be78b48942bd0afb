package lychgate.examples.linejson;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.session.Values;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Conversation;
import lychgate.transport.Dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Encodes and decodes commands as {@code ["name",[args],{kwargs}]}, one per line, in both
 * directions. A line of the player is a command, too: {@code ["text",["look"],{}]}.
 */
final class LineJsonDialect implements Dialect {
    private final Conversation conversation;
    private final IntSupplier maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    /**
     * @param maxBytes the current maximum length of a command, in bytes
     */
    LineJsonDialect(Conversation conversation, IntSupplier maxBytes) {
        this.conversation = conversation;
        this.maxBytes = maxBytes;
    }

    // Input from the client.

    /** Processes bytes, however they were split into reads. */
    void received(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n') {
                end();
            } else if (line.size() < maxBytes.getAsInt()) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
    }

    private void end() {
        String json = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (tooLong) {
            tooLong = false;
            conversation.lineTooLong(); // the player is warned
        } else {
            read(json);
        }
    }

    private void read(String json) {
        try {
            if (Json.read(json) instanceof List<?> message
                    && message.size() == 3
                    && message.get(0) instanceof String name
                    && !name.isEmpty()
                    && message.get(1) instanceof List<?> args
                    && message.get(2) instanceof Map<?, ?> kwargs) {
                received(new CommandTuple(name, Values.list(args), Values.table(kwargs)));
            } else {
                conversation.meters().malformed("line_json");
            }
        } catch (MalformedException e) {
            conversation.meters().malformed("line_json");
        }
    }

    private void received(CommandTuple command) {
        if (command.is(CommandTuple.TEXT)
                && command.args().size() == 1
                && command.args().getFirst() instanceof String typed) {
            conversation.entered(typed); // limits.line_length counts
        } else {
            conversation.received(command);
        }
    }

    // Output to the client.

    @Override
    public void sendText(Output.Text text) {
        send(CommandTuple.text(Renderer.render(text.markup(), RenderStyle.PLAIN)));
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        send(CommandTuple.of("prompt", Renderer.render(prompt.markup(), RenderStyle.PLAIN)));
    }

    @Override
    public void sendDefault(CommandTuple command) {
        send(command);
    }

    @Override
    public void farewell(String reason) {
        if (!reason.isEmpty()) {
            send(CommandTuple.of("disconnect", Renderer.render(reason, RenderStyle.PLAIN)));
        }
    }

    private void send(CommandTuple command) {
        conversation.send((Json.write(command) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
