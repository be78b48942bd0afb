package lychgate.transport.telnet.front;

import lychgate.transport.RefusedClients;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that was refused when it was accepted. It has no chain. */
record RefusedConnection(SocketChannel channel, ByteBuffer discarded)
        implements RefusedClients.Client {
    /** Bytes read at a time of what such a client still sends. */
    private static final int DISCARDED = 1024;

    /**
     * Sends a last line, or none, and ends our side.
     *
     * @param line for the player; empty for none
     */
    static RefusedConnection tell(SocketChannel channel, String line) throws IOException {
        channel.configureBlocking(false);
        if (!line.isEmpty()) {
            channel.write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
        }
        channel.shutdownOutput();
        return new RefusedConnection(channel, ByteBuffer.allocate(DISCARDED));
    }

    /** Reads what the client still says, so that closing does not answer it with a reset. */
    @Override
    public boolean isGone() {
        try {
            discarded.clear();
            return channel.read(discarded) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to be done for it
        }
    }
}
