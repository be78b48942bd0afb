package lychgate.oob;

import lychgate.session.CommandTuple;

import java.util.regex.Pattern;

/** Whatever is read as GMCP, by a decent name, can be written; all else has one exception. */
public final class GmcpFuzz {
    private static final Pattern DECENT = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

    private GmcpFuzz() {}

    /** One message. */
    public static void fuzzerTestOneInput(byte[] input) {
        CommandTuple command;
        try {
            command = Gmcp.decode(input);
        } catch (MalformedException e) {
            return;
        }
        byte[] written = Gmcp.encode(command);
        if (!DECENT.matcher(command.name()).matches()) {
            return;
        }
        try {
            Gmcp.decode(written);
        } catch (MalformedException e) {
            throw new AssertionError("cannot read what it wrote", e);
        }
    }
}
