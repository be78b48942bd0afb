package lychgate.transport.telnet.front;

import lychgate.transport.RefusedClients;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that was refused on accept and has no filter chain. */
record RefusedConnection(SocketChannel channel, ByteBuffer discarded)
        implements RefusedClients.Client {
    /** Bytes to read and discard at a time. */
    private static final int DISCARDED = 1024;

    /**
     * Sends the reason, if there is one, and closes the output.
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

    /**
     * Reads and discards what the client still sends; closing with unread data would send a reset.
     */
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
            // nothing left to do
        }
    }
}
