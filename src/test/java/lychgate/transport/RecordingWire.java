package lychgate.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A wire that records its calls. A write is done when a test says so. */
public final class RecordingWire implements Wire {
    private final List<String> asked = new ArrayList<>();
    private boolean closing;

    /** Everything that was asked of it. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void read(boolean on) {
        asked.add(on ? "read" : "do not read");
    }

    @Override
    public void write(byte[] bytes) {
        asked.add("write " + new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public void endOutput() {
        asked.add("end");
    }

    @Override
    public void inputEnded() {
        asked.add("input ended");
    }

    @Override
    public long taken() {
        return 0;
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        asked.add("close");
    }

    @Override
    public void cut() {
        closing = true;
        asked.add("cut");
    }
}
