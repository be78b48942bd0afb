package lychgate.portal;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** A service that records its calls, in a list that it may share with others. */
final class RecordingPlugin implements PortalPlugin {
    private final String name;
    private final OptionalInt port;
    private final String failure;
    private final List<String> done;

    private RecordingPlugin(String name, OptionalInt port, String failure, List<String> done) {
        this.name = name;
        this.port = port;
        this.failure = failure;
        this.done = done;
    }

    /** One that says it listens on that port. */
    static PortalPlugin on(int port, String name, List<String> done) {
        return new RecordingPlugin(name, OptionalInt.of(port), "", done);
    }

    /** One that has no port. */
    static PortalPlugin silent(String name, List<String> done) {
        return new RecordingPlugin(name, OptionalInt.empty(), "", done);
    }

    /** One that cannot start. */
    static PortalPlugin broken(String name, String failure, List<String> done) {
        return new RecordingPlugin(name, OptionalInt.empty(), failure, done);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(PortalApplication application) throws IOException {
        done.add("start " + name);
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
    }

    @Override
    public OptionalInt port() {
        return port;
    }

    @Override
    public void closeListener() {
        done.add("close listener " + name);
    }

    @Override
    public void stop() {
        done.add("stop " + name);
    }
}
