package lychgate.telnet;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Decodes and encodes telnet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TelnetDecoderBenchmark {
    private final byte[] line =
            "say what a fine evening it is\r\n".getBytes(StandardCharsets.US_ASCII);
    private final byte[] window = {
        (byte) 255, (byte) 250, 31, 0, 100, 0, 30, (byte) 255, (byte) 240
    };
    private final TelnetDecoder decoder = new TelnetDecoder(65_536);
    private final LineAssembler lines = new LineAssembler(24_000);

    /** Decodes a typed line. */
    @Benchmark
    public void line(Blackhole seen) {
        decode(line, seen);
    }

    /** Decodes a line and finds its end. */
    @Benchmark
    public void wholeLine(Blackhole seen) {
        ByteBuffer in = ByteBuffer.wrap(line);
        if (decoder.next(in) instanceof TelnetEvent.Data(byte[] bytes)) {
            seen.consume(lines.next(ByteBuffer.wrap(bytes)));
        }
    }

    /** Decodes a window size. */
    @Benchmark
    public void subnegotiation(Blackhole seen) {
        decode(window, seen);
    }

    /** Encodes a line of output. */
    @Benchmark
    public byte[] encode() {
        ByteBuilder out = new ByteBuilder();
        TelnetEncoder.encode(new TelnetEvent.Data(line), out);
        return out.take();
    }

    private void decode(byte[] bytes, Blackhole seen) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
            seen.consume(event);
        }
    }
}
