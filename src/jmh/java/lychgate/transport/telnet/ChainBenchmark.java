package lychgate.transport.telnet;

import lychgate.address.Cidr;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.plugin.OutboundFactory;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.RelayedSessions;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.PortalSession;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.TelnetOptions;
import lychgate.transport.Conversations;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.DummySession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A line in and a line out through the whole chain of a connection, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChainBenchmark {
    private static final byte[] LINE =
            "say what a fine evening it is\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Whether the options are in the chain, or only framing and text. */
    @Param({"all", "none"})
    public String options = "all";

    private final DummySession io = new DummySession();

    /** Builds the chain. */
    @Setup
    public void buildChain() {
        Application app = new Application();
        io.setHandler(TelnetChain.handler());
        TelnetChain telnet =
                new TelnetChain(
                        context ->
                                options.equals("all")
                                        ? TelnetOptions.fresh(context, true)
                                        : List.of(),
                        new DeflaterPool(6),
                        0,
                        app,
                        new Conversations(app, System::nanoTime));
        telnet.addTo(
                io.getFilterChain(),
                new TelnetChain.Client(
                        new Opening("telnet", "127.0.0.1", ClientFacts.NONE),
                        false,
                        Runnable::run,
                        new NoEnding()));
        io.getFilterChain().fireSessionOpened();
    }

    /** A line in, a line out. */
    @Benchmark
    public void lineInLineOut() {
        io.getFilterChain().fireMessageReceived(IoBuffer.wrap(LINE));
    }

    /** The connection never ends. */
    private static final class NoEnding implements Ending {
        @Override
        public void endOutput() {}

        @Override
        public void inputEnded() {}
    }

    /** Answers each line with another. */
    private static final class Echo implements PortalSessionHandler {
        private final List<CommandTuple> answer =
                List.of(CommandTuple.text("You say, \"What a fine |yevening|n it is\""));

        @Override
        public Registration connect(PortalSession session, Opening opening) {
            return new Registration() {
                @Override
                public long id() {
                    return 1;
                }

                @Override
                public ClientFacts facts() {
                    return ClientFacts.NONE;
                }
            };
        }

        @Override
        public boolean dataIn(PortalSession session, CommandTuple command) {
            session.dataOut(answer);
            return true;
        }

        @Override
        public void alive(PortalSession session) {}

        @Override
        public void lineTooLong(PortalSession session) {}

        @Override
        public <T> void learned(PortalSession session, Fact<T> fact, T value, String source) {}

        @Override
        public void settled(PortalSession session) {}

        @Override
        public void writable(PortalSession session, boolean writable) {}

        @Override
        public void away(PortalSession session) {}

        @Override
        public void back(PortalSession session, String protocolKey, String address) {}

        @Override
        public void disconnect(PortalSession session, String reason) {}

        @Override
        public void offer(Set<String> names, OutboundFactory factory) {}

        @Override
        public RelayedSessions relayed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int loggedIn() {
            return 0;
        }

        @Override
        public List<Long> ids() {
            return List.of();
        }
    }

    /** A minimal portal. */
    private static final class Application implements PortalApplication {
        private final PortalSessionHandler echo = new Echo();

        @Override
        public PortalSessionHandler sessions() {
            return echo;
        }

        @Override
        public Admission admission() {
            return (InetAddress _) -> new Admission.Admitted(() -> {});
        }

        @Override
        public Limits limits() {
            return Limits.DEFAULT;
        }

        @Override
        public MemoryBudget memoryBudget() {
            return new MemoryBudget(Long.MAX_VALUE, System::nanoTime);
        }

        @Override
        public Scheduler scheduler() {
            return new Scheduler() {
                @Override
                public Cancellable after(Duration delay, Runnable task) {
                    return () -> {};
                }

                @Override
                public Cancellable every(Duration interval, Runnable task) {
                    return () -> {};
                }
            };
        }

        @Override
        public Meters meters() {
            return Meters.NONE;
        }

        @Override
        public String listenAddress() {
            return "127.0.0.1";
        }

        @Override
        public List<Cidr> trustedProxies() {
            return List.of();
        }

        @Override
        public ServerTls tls() {
            throw new UnsupportedOperationException("plain telnet");
        }

        @Override
        public OptionalInt port(String service) {
            return OptionalInt.empty();
        }

        @Override
        public String gameName() {
            return "Benchmark";
        }

        @Override
        public Map<String, List<String>> mssp() {
            return Map.of();
        }

        @Override
        public Path varFolder() {
            return Path.of("var");
        }
    }
}
