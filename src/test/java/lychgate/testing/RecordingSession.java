package lychgate.testing;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.session.OutputFuncs;
import lychgate.session.PortalSession;

import java.util.ArrayList;
import java.util.List;

/** A session without a connection, which records its calls in order. */
public final class RecordingSession implements PortalSession, OutputFuncs {
    private final List<String> done = new ArrayList<>();

    /** What has been done since the last look. */
    public synchronized List<String> did() {
        List<String> now = List.copyOf(done);
        done.clear();
        return now;
    }

    /** Whether something has been done since the last look. */
    public synchronized boolean hasDone() {
        return !done.isEmpty();
    }

    /** What has been done next. */
    public synchronized String next() {
        return done.removeFirst();
    }

    @Override
    public void dataOut(List<CommandTuple> commands) {
        send(commands);
    }

    @Override
    public void sendText(Output.Text text) {
        add("text " + text.markup());
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        add("prompt " + prompt.markup());
    }

    @Override
    public void sendDefault(CommandTuple command) {
        add("oob " + command.name());
    }

    @Override
    public void atLogin() {
        add("at login");
    }

    @Override
    public void factsChanged(ClientFacts facts) {
        add("facts " + facts);
    }

    @Override
    public void disconnect(String reason) {
        add("disconnect " + reason);
    }

    @Override
    public void holdInput(boolean hold) {
        add(hold ? "hold" : "go on");
    }

    private synchronized void add(String what) {
        done.add(what);
    }
}
