package lychgate.amp;

/** Whatever is read as a pickle can be written and read again; all else has one exception. */
public final class PickleFuzz {
    private static final int MOST = 10_000;

    private PickleFuzz() {}

    /** One pickle. */
    public static void fuzzerTestOneInput(byte[] input) {
        Object value;
        try {
            value = PickleReader.read(input, MOST);
        } catch (MalformedException e) {
            return;
        }
        byte[] written = PickleWriter.write(value);
        try {
            PickleWriter.write(PickleReader.read(written, MOST));
        } catch (MalformedException e) {
            throw new AssertionError("cannot read what it wrote", e);
        }
    }
}
