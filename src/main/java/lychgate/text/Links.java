package lychgate.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes links, and the text around them such that none of it is taken for a link.
 *
 * <p>MXP: the client is in locked mode, in which it accepts no tags (the option arranges that).
 * Each of our tags follows "temp secure", which applies to one tag and returns to locked. Text that
 * could be taken for tags is written as entities, which are interpreted in an open line only: it is
 * preceded by "open line", which lasts until the line's end or the next tag.
 *
 * <p>OSC 8: an address, or {@code send:} and a command, percent-encoded so that nothing in it can
 * end the sequence.
 */
final class Links {
    private static final String OPEN_LINE = "\u001b[0z";
    private static final String TEMP_SECURE = "\u001b[4z";
    private static final String HYPERLINK = "\u001b]8;;";
    private static final String STRING_TERMINATOR = "\u001b\\";

    /** Addresses that may be clicked: their schemes display something and have no other effect. */
    private static final Pattern SAFE_SCHEME =
            Pattern.compile("(?i)(?:https?://|ftp://|mailto:).*");

    /** Characters of an address that are not encoded (RFC 3986), percent signs included. */
    private static final String IN_ADDRESS = "-._~:/?#[]@!$&'()*+,;=%";

    /** Characters of a command that are not encoded. */
    private static final String IN_COMMAND = "-._~";

    private enum Form {
        WORDS,
        HYPERLINK,
        MXP
    }

    private final LinkStyle style;
    private final StringBuilder out;
    private boolean open;

    Links(LinkStyle style, StringBuilder out) {
        this.style = style;
        this.out = out;
    }

    /** Whether MXP might take it for the beginning of a tag or an entity. */
    static boolean isMarkup(char c) {
        return c == '<' || c == '&';
    }

    /** Writes words that are to be displayed unchanged. */
    void words(String text) {
        if (!style.mxp() || text.chars().noneMatch(c -> isMarkup((char) c))) {
            out.append(text);
            return;
        }
        if (!open) {
            open = true;
            out.append(OPEN_LINE);
        }
        out.append(entities(text));
    }

    /** Ends the line, which also resets MXP's mode. */
    void lineBreak() {
        out.append('\n');
        open = false;
    }

    /** Writes what precedes a link's words. */
    void begin(Span.Link link) {
        switch (form(link)) {
            case WORDS -> {}
            case HYPERLINK ->
                    out.append(HYPERLINK)
                            .append(
                                    switch (link.kind()) {
                                        case URL -> encoded(link.target(), IN_ADDRESS);
                                        case COMMAND ->
                                                "send:" + encoded(link.target(), IN_COMMAND);
                                    })
                            .append(STRING_TERMINATOR);
            case MXP ->
                    tag(
                            switch (link.kind()) {
                                        case URL -> "<A HREF=\"";
                                        case COMMAND -> "<SEND HREF=\"";
                                    }
                                    + entities(link.target()).replace("\"", "&quot;")
                                    + "\">");
        }
    }

    /** Writes what follows a link's words. */
    void end(Span.Link link) {
        switch (form(link)) {
            case WORDS -> {}
            case HYPERLINK -> out.append(HYPERLINK).append(STRING_TERMINATOR);
            case MXP ->
                    tag(
                            switch (link.kind()) {
                                case URL -> "</A>";
                                case COMMAND -> "</SEND>";
                            });
        }
    }

    private void tag(String tag) {
        out.append(TEMP_SECURE).append(tag);
        open = false;
    }

    private Form form(Span.Link link) {
        boolean hyperlink =
                switch (link.kind()) {
                    case URL -> style.pages();
                    case COMMAND -> style.commands();
                };
        if (link.kind() == Span.Link.Kind.URL && !SAFE_SCHEME.matcher(link.target()).matches()) {
            return Form.WORDS;
        }
        if (hyperlink) {
            return Form.HYPERLINK;
        }
        return style.mxp() ? Form.MXP : Form.WORDS;
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String encoded(String text, String asTheyAre) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isLetterOrDigit(b) || asTheyAre.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
