package lychgate.telnet.option;

import lychgate.session.Meters;

import java.util.List;
import java.util.Map;

/** A fixed option context, whose clock does not advance. */
final class FixedContext implements OptionContext {
    @Override
    public Map<String, List<String>> mssp() {
        return Map.of("NAME", List.of("Test"));
    }

    @Override
    public boolean trusted() {
        return true;
    }

    @Override
    public Meters meters() {
        return Meters.NONE;
    }

    @Override
    public long nanoTime() {
        return 0;
    }
}
