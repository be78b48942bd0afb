package lychgate.bus;

/**
 * What an end of a stream says of itself: who it is behind all streams that it begins.
 *
 * @param boot when its process was started, by the portal's own count: another one for each
 * @param host the name of its machine
 * @param process its number there
 */
public record Greeting(long boot, String host, long process) {

    /** Longest name of a machine, as in DNS. It is logged. */
    static final int MAX_HOST = 255;

    /** As bytes. */
    public byte[] toBytes() {
        return new ByteOutput(64).fixed(boot).text(host).number(process).toBytes();
    }

    /**
     * Reads one; what a later version may have added is ignored.
     *
     * @throws MalformedException if the bytes are not valid
     */
    public static Greeting of(byte[] bytes) throws MalformedException {
        return read(new ByteInput(bytes));
    }

    static Greeting read(ByteInput in) throws MalformedException {
        return new Greeting(in.fixed(), in.line(MAX_HOST), in.number());
    }
}
