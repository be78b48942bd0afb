package lychgate.portal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Tells systemd how the service is (sd_notify(3)): one datagram to the socket that systemd names in
 * the environment. Java has no datagrams over Unix sockets, so libc is called. Does nothing where
 * no socket is named.
 */
@SuppressWarnings("restricted") // --enable-native-access is given where the portal is started
final class Systemd {
    private static final Logger log = LoggerFactory.getLogger(Systemd.class);
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;

    /** Bytes of a socket's path, with the two of its family before them (sockaddr_un). */
    private static final int MAX_PATH = 108;

    private final @Nullable String socket;
    private final @Nullable Duration watchdog;

    Systemd(Map<String, String> environment) {
        this.socket = environment.get("NOTIFY_SOCKET");
        this.watchdog = watchdog(environment);
    }

    /** How often systemd wants a sign of life; null: not at all. */
    @Nullable Duration watchdog() {
        return watchdog;
    }

    void ready() {
        tell("READY=1");
    }

    void stopping() {
        tell("STOPPING=1");
    }

    void alive() {
        tell("WATCHDOG=1");
    }

    private void tell(String state) {
        if (socket == null) {
            return;
        }
        try {
            send(socket, state);
        } catch (Throwable e) { // a method handle may throw anything; the service goes on without
            log.warn("systemd could not be told {}: {}", state, e.toString());
        }
    }

    private static void send(String path, String state) throws Throwable {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= MAX_PATH) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is too long");
        }
        if (name[0] == '@') {
            name[0] = 0; // an abstract socket
        }
        byte[] message = state.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2 + MAX_PATH);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            int fd =
                    (int)
                            function("socket", INT, INT, INT)
                                    .invoke(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (fd < 0) {
                throw new IllegalStateException("no socket");
            }
            try {
                long sent =
                        (long)
                                LINKER.downcallHandle(
                                                symbol("sendto"),
                                                FunctionDescriptor.of(
                                                        ValueLayout.JAVA_LONG,
                                                        INT,
                                                        ValueLayout.ADDRESS,
                                                        ValueLayout.JAVA_LONG,
                                                        INT,
                                                        ValueLayout.ADDRESS,
                                                        INT))
                                        .invoke(
                                                fd,
                                                bytes,
                                                (long) message.length,
                                                0,
                                                address,
                                                2 + name.length);
                if (sent != message.length) {
                    throw new IllegalStateException("nobody listens at NOTIFY_SOCKET");
                }
            } finally {
                int closed = (int) function("close", INT).invoke(fd);
                assert closed == 0;
            }
        }
    }

    private static MethodHandle function(String name, ValueLayout.OfInt... arguments) {
        return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(INT, arguments));
    }

    private static MemorySegment symbol(String name) {
        return LIBC.find(name).orElseThrow();
    }

    private static @Nullable Duration watchdog(Map<String, String> environment) {
        String micros = environment.get("WATCHDOG_USEC");
        String pid = environment.get("WATCHDOG_PID");
        boolean ours = pid == null || pid.equals(Long.toString(ProcessHandle.current().pid()));
        try {
            return micros == null || !ours
                    ? null
                    : Duration.ofMillis(Long.parseLong(micros) / 1000);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
