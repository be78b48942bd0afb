package lychgate.bus;

/**
 * Frames as bytes. Numbers are big-endian, or of variable length:
 *
 * <pre>
 *     kind  from  to
 *       1     8    8
 *     HELLO (1)   least greatest  greeting
 *     DATA (2)    version  sequence  received  payload
 *     REPORT (3)  received  gap
 *     BYE (4)
 * </pre>
 *
 * <p>The layout up to {@code to}, and HELLO, are the same in every version of the protocol.
 */
final class FrameCodec {
    /** The most that a DATA frame takes beside its payload. */
    static final int OVERHEAD = 1 + 2 * Long.BYTES + 3 * 10;

    private static final int HELLO = 1;
    private static final int DATA = 2;
    private static final int REPORT = 3;
    private static final int BYE = 4;

    private FrameCodec() {}

    static byte[] encode(Frame frame) {
        return switch (frame) {
            case Frame.Hello hello ->
                    begin(HELLO, hello, hello.greeting().length + 8)
                            .number(hello.versions().least())
                            .number(hello.versions().greatest())
                            .raw(hello.greeting(), 0, hello.greeting().length)
                            .toBytes();
            case Frame.Data data ->
                    begin(DATA, data, data.payload().length + 12)
                            .number(data.version())
                            .number(data.sequence())
                            .number(data.received())
                            .raw(data.payload(), 0, data.payload().length)
                            .toBytes();
            case Frame.Report report ->
                    begin(REPORT, report, 8).number(report.received()).flag(report.gap()).toBytes();
            case Frame.Bye bye -> begin(BYE, bye, 0).toBytes();
        };
    }

    static Frame decode(byte[] bytes) throws MalformedException {
        if (bytes.length > Frame.MAX_BYTES) {
            throw new MalformedException("a frame longer than 64 KiB");
        }
        ByteInput in = new ByteInput(bytes);
        int kind = in.octet();
        long from = in.fixed();
        long to = in.fixed();
        if (from <= 0 || to < 0) {
            throw new MalformedException("not an incarnation");
        }
        return switch (kind) {
            case HELLO ->
                    new Frame.Hello(
                            from,
                            to,
                            new Versions(version(in), version(in)),
                            in.raw(in.remaining()));
            case DATA ->
                    new Frame.Data(
                            from,
                            to,
                            version(in),
                            in.number(),
                            in.number(),
                            in.raw(in.remaining()));
            case REPORT -> new Frame.Report(from, to, in.number(), in.flag());
            case BYE -> new Frame.Bye(from, to);
            default -> throw new MalformedException("a frame of an unknown kind");
        };
    }

    private static ByteOutput begin(int kind, Frame frame, int more) {
        return new ByteOutput(1 + 2 * Long.BYTES + more)
                .octet(kind)
                .fixed(frame.from())
                .fixed(frame.to());
    }

    private static int version(ByteInput in) throws MalformedException {
        long version = in.number();
        if (version < 1 || version > 0xffff) {
            throw new MalformedException("not a version");
        }
        return (int) version;
    }
}
