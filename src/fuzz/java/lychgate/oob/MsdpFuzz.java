package lychgate.oob;

import lychgate.session.CommandTuple;

import java.util.List;

/** Whatever is read as MSDP can be written as MSDP; all else is refused in one way. */
public final class MsdpFuzz {
    private MsdpFuzz() {}

    /** One message. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<CommandTuple> commands;
        try {
            commands = Msdp.decode(input);
        } catch (MalformedException e) {
            return;
        }
        for (CommandTuple command : commands) {
            byte[] written = Msdp.encode(command);
            try {
                Msdp.decode(written);
            } catch (MalformedException e) {
                throw new AssertionError("cannot read what it wrote", e);
            }
        }
    }
}
