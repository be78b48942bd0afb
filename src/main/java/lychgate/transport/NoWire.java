package lychgate.transport;

/** What a conversation writes to while it has no connection. */
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
