package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** An element of a telnet connection, in either direction: what the bytes mean without framing. */
public sealed interface TelnetEvent {

    /** Text, as bytes of the connection's character set; a byte 255 is one byte here. */
    record Data(byte[] bytes) implements TelnetEvent {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Data data && Arrays.equals(data.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Data[" + bytes.length + "]";
        }
    }

    /** A one-byte command: NOP, AYT, GA, EOR, … */
    record Command(int code) implements TelnetEvent {}

    /** WILL, WONT, DO or DONT of an option. */
    record Negotiation(Verb verb, int option) implements TelnetEvent {}

    /** An option's own message, between SB and SE; a byte 255 is one byte here. */
    record Subnegotiation(int option, byte[] payload) implements TelnetEvent {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subnegotiation sub
                    && sub.option == option
                    && Arrays.equals(sub.payload, payload);
        }

        @Override
        public int hashCode() {
            return 31 * option + Arrays.hashCode(payload);
        }

        @Override
        public String toString() {
            return "Subnegotiation[" + option + ", " + payload.length + "]";
        }
    }

    /** Malformed telnet was dropped here; {@code kind} is for the counter. */
    record Malformed(String kind) implements TelnetEvent {}
}
