package lychgate.text;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;

import org.jspecify.annotations.Nullable;

/**
 * How a text is rendered for a client. Clients with equal styles are sent equal characters.
 *
 * @param depth the colour depth
 * @param indexed whether the 256 colours are sent by their numbers
 * @param screenReader words only, without ASCII art
 * @param raw unparsed markup
 * @param links how links are written
 * @param columns width at which lines are wrapped; 0: they are not
 */
public record RenderStyle(
        ColourDepth depth,
        boolean indexed,
        boolean screenReader,
        boolean raw,
        LinkStyle links,
        int columns) {

    /** Words only. */
    public static final RenderStyle PLAIN =
            new RenderStyle(ColourDepth.NONE, false, false, LinkStyle.WORDS);

    /** A style that sends colours by their numbers if the depth has as many, without wrapping. */
    public RenderStyle(ColourDepth depth, boolean screenReader, boolean raw, LinkStyle links) {
        this(depth, depth.covers(ColourDepth.XTERM256), screenReader, raw, links, 0);
    }

    /** The same style with lines wrapped at a width; 0: not wrapped. */
    public RenderStyle wrappedAt(int width) {
        return width == columns
                ? this
                : new RenderStyle(depth, indexed, screenReader, raw, links, width);
    }

    /** The style for a client; the message's own options override the client's facts. */
    public static RenderStyle of(ClientFacts facts, OutputOptions options) {
        boolean screenReader =
                said(options.get(OutputOption.SCREENREADER), facts.is(Fact.SCREENREADER));
        ColourDepth depth = depth(facts, options);
        return new RenderStyle(
                depth,
                depth.covers(ColourDepth.XTERM256)
                        && said(options.get(OutputOption.XTERM256), facts.get(Fact.XTERM256, true)),
                screenReader,
                said(options.get(OutputOption.RAW), facts.is(Fact.RAW)),
                screenReader ? LinkStyle.WORDS : links(facts, options),
                said(options.get(OutputOption.WRAP), facts.is(Fact.WRAP)) ? facts.width() : 0);
    }

    /** A client without ANSI is sent no escape sequences, whatever was negotiated. */
    private static LinkStyle links(ClientFacts facts, OutputOptions options) {
        if (facts.colours() == ColourDepth.NONE) {
            return LinkStyle.WORDS;
        }
        boolean mxp = said(options.get(OutputOption.MXP), facts.is(Fact.MXP));
        boolean pages = facts.is(Fact.HYPERLINKS);
        boolean commands = pages && facts.is(Fact.COMMAND_LINKS);
        return mxp || pages ? new LinkStyle(mxp, pages, commands) : LinkStyle.WORDS;
    }

    private static ColourDepth depth(ClientFacts facts, OutputOptions options) {
        if (said(options.get(OutputOption.NOCOLOR), facts.is(Fact.NOCOLOR))) {
            return ColourDepth.NONE;
        }
        ColourDepth depth = facts.colours();
        depth = limited(depth, ColourDepth.TRUECOLOR, options.get(OutputOption.TRUECOLOR));
        depth = limited(depth, ColourDepth.XTERM256, options.get(OutputOption.XTERM256));
        return limited(depth, ColourDepth.ANSI, options.get(OutputOption.ANSI));
    }

    /** A depth that was switched off is not used; one that was switched on is used at least. */
    private static ColourDepth limited(
            ColourDepth depth, ColourDepth about, @Nullable Boolean granted) {
        if (granted == null) {
            return depth;
        }
        if (granted) {
            return depth.covers(about) ? depth : about;
        }
        return depth.covers(about) ? about.lower() : depth;
    }

    private static boolean said(@Nullable Boolean option, boolean otherwise) {
        return option == null ? otherwise : option;
    }
}
