package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.PackedData;
import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Tuple;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.PayloadReader;

import org.junit.jupiter.params.provider.Arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Messages that are whole boxes and wrong, each with the counter that it belongs to. */
final class WrongMessages {
    private static final String FROM_SERVER = "MsgServer2Portal";
    private static final String ADMIN = "AdminServer2Portal";
    private static final String LAUNCHER = "MsgLauncher2Portal";

    /** No message of a test has it else. */
    private static final String TAG = "fff";

    private WrongMessages() {}

    static Stream<Arguments> ofTheGame() {
        return Stream.of(
                        Stream.of(
                                wrong("second answer", new Answer("1", Box.EMPTY), "amp_answer"),
                                order("order of a launcher", Operation.SSHUTD.text(), "amp_sender"),
                                wrong(
                                        "box longer than any",
                                        PackedData.put(Box.EMPTY, new byte[1]),
                                        300),
                                admin("client from the game", Operation.PCONN, Map.of()),
                                admin("start from the game", Operation.SSTART, Map.of()),
                                payload(ADMIN, "unknown operation", "\u0009", "amp_operation"),
                                payload(ADMIN, "operation that is no text", 3L, "amp_operation"),
                                wrong(
                                        "administration without an operation",
                                        ask(ADMIN, new Payload(0, Map.of()).box()),
                                        "amp_operation"),
                                psync("game without a process", Map.of("info_dict", Map.of())),
                                psync("game without a word about it", Map.of("spid", 7L)),
                                psync("process in words", process("7")),
                                psync("process that is none", process(-7L)),
                                psync("process that is zero", process(0L))),
                        unreadable(FROM_SERVER),
                        unreadable(ADMIN),
                        alike())
                .flatMap(each -> each);
    }

    static Stream<Arguments> ofALauncher() {
        return Stream.concat(
                Stream.of(
                        order("its own status", "\u0012", "amp_operation"),
                        order("order of the game's", Operation.SSYNC.text(), "amp_operation"),
                        order("order of no letters", "", "amp_operation"),
                        wrong(
                                "order without arguments",
                                ask(LAUNCHER, Box.EMPTY.with("operation", Operation.SSTART.text())),
                                "amp_sender"),
                        wrong(
                                "order whose arguments are cut off",
                                ask(
                                        LAUNCHER,
                                        Box.EMPTY
                                                .with("operation", Operation.SSTART.text())
                                                .with("arguments", new byte[] {(byte) 0x80, 4})),
                                "amp_payload"),
                        wrong(
                                "words of the game's",
                                ask(FROM_SERVER, new Payload(1, Map.of()).box()),
                                "amp_sender"),
                        wrong(
                                "administration",
                                ask(ADMIN, Payload.of(Operation.SDISCONNALL, 0, Map.of()).box()),
                                "amp_sender"),
                        psync("game without a process", Map.of("info_dict", Map.of()))),
                alike());
    }

    /** Sessions that there are not, and attributes that are none. */
    static Stream<Arguments> thatMeanNothing() {
        Map<String, Object> text = Map.of("text", List.of(List.of("hello"), Map.of()));
        return Stream.of(
                nothing("text for an unknown session", FROM_SERVER, new Payload(99, text)),
                nothing("text for a session below zero", FROM_SERVER, new Payload(-1, text)),
                nothing("command of no name", FROM_SERVER, new Payload(1, Map.of("", "x"))),
                nothing("name that is a number", FROM_SERVER, new Payload(1, Map.of(3L, "x"))),
                nothing("no commands", FROM_SERVER, new Payload(1, Map.of())),
                nothing(
                        "login of an unknown session",
                        ADMIN,
                        Payload.of(
                                Operation.SLOGIN,
                                99,
                                Map.of("sessiondata", Map.of("logged_in", true, "uid", 1L)))),
                nothing("login without data", ADMIN, Payload.of(Operation.SLOGIN, 99, Map.of())),
                nothing(
                        "sessions that are a list",
                        ADMIN,
                        Payload.of(Operation.SSYNC, 0, Map.of("sessiondata", List.of(1L)))),
                nothing(
                        "sessions that are words",
                        ADMIN,
                        Payload.of(
                                Operation.SSYNC,
                                0,
                                Map.of("clean", false, "sessiondata", Map.of("x", "y")))),
                nothing(
                        "flags that are a number",
                        ADMIN,
                        Payload.of(
                                Operation.SSYNC,
                                0,
                                Map.of(
                                        "clean",
                                        false,
                                        "sessiondata",
                                        Map.of(1L, Map.of("protocol_flags", 3L))))));
    }

    /** What is wrong whoever sends it. */
    private static Stream<Arguments> alike() {
        return Stream.of(
                wrong("answer to an unknown tag", new Answer("77", Box.EMPTY), "amp_answer"),
                wrong("failure of an unknown tag", new Failure("78", "X", "y"), "amp_answer"),
                Arguments.of("empty box", new byte[2], "amp_message"),
                Arguments.of(
                        "box of strange keys", Box.EMPTY.with("a", "b").encode(), "amp_message"),
                wrong("tag without end", new Ask("t".repeat(300), "X", Box.EMPTY), "amp_message"),
                wrong(
                        "tag of 60 KB",
                        new Answer("\u00ff".repeat(30_000), Box.EMPTY),
                        "amp_message"),
                wrong("unknown command", ask("FunctionCall", Box.EMPTY), "amp_command"),
                wrong("command of no name", ask("", Box.EMPTY), "amp_command"));
    }

    /** Arguments that cannot be read, each for another reason. */
    private static Stream<Arguments> unreadable(String command) {
        byte[] good = PickleWriter.write(Tuple.of(1L, Map.of("a", "b")));
        byte[] zlib = PackedData.put(Box.EMPTY, good).get("packed_data");
        byte[] packed = zlib == null ? new byte[0] : zlib;
        return Stream.of(
                wrong(command + " without arguments", ask(command, Box.EMPTY), "amp_payload"),
                box(command, "not compressed", good),
                box(command, "compressed and cut off", Arrays.copyOf(packed, packed.length / 2)),
                box(command, "nothing at all", new byte[0]),
                pickle(command, "empty pickle", new byte[0]),
                pickle(command, "pickle that is cut off", Arrays.copyOf(good, good.length - 2)),
                pickle(command, "unknown opcode", new byte[] {(byte) 0xff}),
                pickle(command, "unknown protocol", new byte[] {(byte) 0x80, 99, 'N', '.'}),
                pickle(command, "no pair", PickleWriter.write(List.of(1L, Map.of()))),
                pickle(command, "one alone", PickleWriter.write(Tuple.of(1L))),
                pickle(command, "three", PickleWriter.write(Tuple.of(1L, Map.of(), 2L))),
                pickle(command, "session in words", PickleWriter.write(Tuple.of("1", Map.of()))),
                pickle(command, "no keywords", PickleWriter.write(Tuple.of(1L, List.of()))),
                pickle(
                        command,
                        "session of many digits",
                        HexFormat.of().parseHex("80048a0affffffffffffffffff7f7d862e")),
                pickle(command, "list as a key", latin1("I1\n((lI2\nd\u0086.")),
                pickle(
                        command,
                        "nested lists",
                        latin1("(".repeat(30_000) + "l".repeat(30_000) + ".")),
                pickle(command, "marks without end", latin1("(".repeat(10 << 20))),
                pickle(command, "values without end", latin1("N".repeat(10 << 20))),
                pickle(command, "a memo without end", latin1("N" + "\u0094".repeat(10 << 20))),
                pickle(command, "more than fits", new byte[PayloadReader.MAX_BYTES + 1]));
    }

    private static Arguments box(String command, String name, byte[] packed) {
        Box box = Box.EMPTY.with("packed_data", packed);
        return wrong(command + ": " + name, ask(command, box), "amp_payload");
    }

    private static Arguments pickle(String command, String name, byte[] pickle) {
        Box box = PackedData.put(Box.EMPTY, pickle);
        return wrong(command + ": " + name, ask(command, box), "amp_payload");
    }

    private static Arguments payload(
            String command, String name, Object operation, String counter) {
        Map<String, Object> kwargs = Map.of("operation", operation);
        return wrong(name, ask(command, new Payload(0, kwargs).box()), counter);
    }

    private static Arguments admin(String name, Operation operation, Map<String, ?> kwargs) {
        return wrong(name, ask(ADMIN, Payload.of(operation, 0, kwargs).box()), "amp_operation");
    }

    private static Arguments psync(String name, Map<String, ?> kwargs) {
        Box box = Payload.of(Operation.PSYNC, 0, kwargs).box();
        return wrong(name, ask(ADMIN, box), "amp_payload");
    }

    private static Map<String, ?> process(Object pid) {
        return Map.of("spid", pid, "info_dict", Map.of());
    }

    private static Arguments order(String name, String operation, String counter) {
        Box box =
                Box.EMPTY
                        .with("operation", operation)
                        .with("arguments", PickleWriter.write(List.of()));
        return wrong(name, ask(LAUNCHER, box), counter);
    }

    private static Arguments nothing(String name, String command, Payload payload) {
        return Arguments.of(name, ask(command, payload.box()).box().encode());
    }

    /** A box with so many values as long as a value can be. */
    private static Arguments wrong(String name, Box box, int values) {
        Box named = box.with("_command", FROM_SERVER).with("_ask", TAG);
        byte[] begin = named.encode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < values; i++) {
            byte[] one = Box.EMPTY.with("x" + i, new byte[0xffff]).encode();
            bytes.write(one, 0, one.length - 2);
        }
        bytes.writeBytes(begin);
        return Arguments.of(name, bytes.toByteArray(), "amp_box_length");
    }

    private static Arguments wrong(String name, AmpMessage message, String counter) {
        return Arguments.of(name, message.box().encode(), counter);
    }

    private static Ask ask(String command, Box arguments) {
        return new Ask(TAG, command, arguments);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
