package lychgate.oob;

import lychgate.session.CommandTuple;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Encodes and decodes an out-of-band command: a table of ten fields. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OobBenchmark {
    private final CommandTuple vitals = vitals();
    private final byte[] gmcp = Gmcp.encode(vitals);
    private final byte[] msdp = Msdp.encode(vitals);

    private static CommandTuple vitals() {
        CommandTuple command = CommandTuple.of("char_vitals");
        for (String field : List.of("hp", "maxhp", "mp", "maxmp", "ep", "maxep", "wp", "maxwp")) {
            command = command.kwarg(field, 1_000 + field.length());
        }
        return command.kwarg("charstats", "standing, bleeding").kwarg("balance", true);
    }

    @Benchmark
    public byte[] writeGmcp() {
        return Gmcp.encode(vitals);
    }

    @Benchmark
    public CommandTuple readGmcp() throws MalformedException {
        return Gmcp.decode(gmcp);
    }

    @Benchmark
    public byte[] writeMsdp() {
        return Msdp.encode(vitals);
    }

    @Benchmark
    public List<CommandTuple> readMsdp() throws MalformedException {
        return Msdp.decode(msdp);
    }
}
