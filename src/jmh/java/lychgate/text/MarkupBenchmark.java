package lychgate.text;

import lychgate.session.ColourDepth;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Renders markup for a client. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MarkupBenchmark {
    private final String plain = "You say, \"What a fine evening it is\"";
    private final String room =
            """
            |cA long winding street|n
            The street winds down the hill between crooked timber houses. Here and there a
            |ysmall lamp|n glows behind a curtain, and the smell of |530fresh bread|n and of the
            |Gharbour|n hangs in the air. A cat watches you from a wall.
            |wExits:|n |lcnorth|ltnorth|le, |lcsouth|ltsouth|le and |lcbakery|lta bakery|le
            |wCharacters:|n Anna, Bertil and Cecilia
            |wYou see:|n a |ylamp|n\
            """;

    /** A line without markup, in 256 colours. */
    @Benchmark
    public String plain256() {
        return Renderer.render(plain, style(ColourDepth.XTERM256, false));
    }

    /** A room in 256 colours. */
    @Benchmark
    public String room256() {
        return Renderer.render(room, style(ColourDepth.XTERM256, false));
    }

    /** A room in 16 colours. */
    @Benchmark
    public String room16() {
        return Renderer.render(room, style(ColourDepth.ANSI, false));
    }

    /** A room for a screen reader. */
    @Benchmark
    public String roomSpoken() {
        return Renderer.render(room, style(ColourDepth.NONE, true));
    }

    /** A room as HTML. */
    @Benchmark
    public String roomHtml() {
        return HtmlRenderer.render(Spans.parse(room));
    }

    private static RenderStyle style(ColourDepth depth, boolean screenReader) {
        return new RenderStyle(depth, screenReader, false, LinkStyle.WORDS);
    }
}
