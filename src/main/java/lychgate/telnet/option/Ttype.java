package lychgate.telnet.option;

import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.TerminalNames;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.terminal.TerminalType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * TTYPE: the client's names (RFC 1091), and the three rounds of the MUD Terminal Type Standard: the
 * program, the terminal, {@code MTTS} and a number.
 *
 * <p>A plain telnet client has only one name, its terminal's, and repeats it; others list several.
 * The list ends at a repeated name, after MTTS, or at {@link #MAX_NAMES}.
 */
final class Ttype implements TelnetOption {
    /** Names that are requested: one more than any known client has (KBtin: four). */
    private static final int MAX_NAMES = 5;

    /** Characters of a name that are kept; RFC 1091 allows 40. */
    private static final int MAX_NAME = 128;

    private static final int IS = 0;
    private static final byte SEND = 1;
    private static final String SOURCE = "TTYPE";

    private final List<String> names = new ArrayList<>();
    private boolean asking;

    @Override
    public int code() {
        return Telnet.TTYPE;
    }

    @Override
    public String name() {
        return "ttype";
    }

    @Override
    public Stance stance() {
        return Stance.WE_ASK;
    }

    @Override
    public boolean asking() {
        return asking;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        names.clear();
        ask(link);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        asking = false;
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        String name = text(payload);
        if (payload.length < 2 || payload[0] != IS || name.isEmpty()) {
            link.malformed(name());
            return;
        }
        if (!asking) {
            return; // unsolicited
        }
        boolean last = names.contains(name) || names.size() + 1 == MAX_NAMES;
        if (Mtts.isMtts(name)) {
            last = true;
            Mtts.learn(name, link);
        } else if (!names.contains(name)) {
            learn(name, link);
        }
        names.add(name);
        link.learned(Fact.TERMINAL_NAMES, new TerminalNames(names, last), SOURCE);
        if (last) {
            asking = false;
        } else {
            ask(link);
        }
    }

    private void ask(OptionLink link) {
        asking = true;
        link.subnegotiate(SEND);
    }

    /**
     * The first name is the program's, the second its terminal's; a plain telnet client has only
     * the latter.
     */
    private void learn(String name, OptionLink link) {
        if (names.size() > 1) {
            return; // further names of the same program
        }
        if (names.size() == 1 || TerminalType.isKnown(name)) {
            link.learned(Fact.TERMINAL, name.toLowerCase(Locale.ROOT), SOURCE);
        } else {
            link.learned(Fact.CLIENT, name, SOURCE);
        }
        ColourDepth ofTerminal = TerminalType.coloursOf(name);
        ColourDepth colours = ofTerminal == null ? ClientNames.coloursOf(name) : ofTerminal;
        if (colours != null) {
            link.learned(Fact.COLOURS, colours, SOURCE);
        }
    }

    private static String text(byte[] payload) {
        int length = Math.clamp(payload.length - 1L, 0, MAX_NAME);
        return new String(payload, Math.min(1, payload.length), length, StandardCharsets.US_ASCII)
                .strip();
    }
}
