package lychgate.transport;

/** The wire of a detached conversation. */
final class NoWire implements Wire {
    @Override
    public void read(boolean on) {}

    @Override
    public void write(byte[] bytes) {
        throw new IllegalStateException("no connection to write to");
    }

    @Override
    public void endOutput() {}

    @Override
    public long taken() {
        return 0;
    }

    @Override
    public boolean isClosing() {
        return false;
    }

    @Override
    public void close() {}
}
