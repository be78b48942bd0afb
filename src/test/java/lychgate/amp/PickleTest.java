package lychgate.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Python;
import lychgate.Seeded;
import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class PickleTest {
    private static final int MANY = 100_000;

    /** Values that Evennia sends, and others, in Python's own notation. */
    private static final List<String> VALUES =
            List.of(
                    "None",
                    "True",
                    "[1, 255, 256, 65535, 65536, 2147483647, 2147483648, -1, -129, -2147483649]",
                    "[9223372036854775807, -9223372036854775808, 9223372036854775808, 2**100]",
                    "-(2**3000)",
                    "[0.5, -1.25, 12.5, float('inf')]",
                    "'gr\\xfc\\xdfe \\u20ac \\U0001f600 a\\\\b\\nc'",
                    "'x' * 300",
                    "''",
                    "b'ab\\ncd'",
                    "b'y' * 300",
                    "()",
                    "(1,)",
                    "(1, 2)",
                    "(1, 2, 3)",
                    "(1, 2, 3, 4)",
                    "[]",
                    "[[], [[1]], {}]",
                    "{}",
                    "{'a': 1}",
                    "{'a': {0: 78}, 'b': [True, None], (1, 'x'): 2}",
                    "set()",
                    "{'a', 'b'}",
                    "(1, {'text': [['look\\n'], {'options': {}}]})",
                    "list(range(2000))",
                    "{i: str(i) for i in range(1500)}");

    private static final String DUMPS =
            """
            import pickle, sys
            for protocol in range(6):
                for value in sys.argv[1:]:
                    value = eval(value)
                    shown = repr(value) if not isinstance(value, set) or not value \\
                        else '{' + ', '.join(sorted(map(repr, value))) + '}'
                    print(pickle.dumps(value, protocol).hex(), shown.encode().hex())
            """;

    private static final String LOADS =
            """
            import pickle, sys
            for line in sys.stdin:
                value = pickle.loads(bytes.fromhex(line))
                shown = repr(value) if not isinstance(value, set) or not value \\
                    else '{' + ', '.join(sorted(map(repr, value))) + '}'
                print(shown.encode().hex())
            """;

    private static final String SAVER =
            """
            import pickle, sys, types
            module = types.ModuleType('evennia.utils.dbserialize')
            class _SaverMutable:
                def __init__(self, parent, db, data):
                    self._parent, self._db_obj, self._data = parent, db, data
            class _SaverDict(_SaverMutable): pass
            class _SaverList(_SaverMutable): pass
            class Model: pass
            for cls in (_SaverDict, _SaverList, Model):
                cls.__module__ = module.__name__
                cls.__qualname__ = cls.__name__
                setattr(module, cls.__name__, cls)
            for name in ('evennia', 'evennia.utils', module.__name__):
                sys.modules[name] = module
            for protocol in range(6):
                model = Model(); model.self = model
                outer = _SaverDict(None, model, {})
                outer._data['SCREENWIDTH'] = _SaverDict(outer, model, {0: 78})
                outer._data['list'] = _SaverList(outer, model, [1, 2])
                print(pickle.dumps((1, {'flags': outer, 'n': 1}), protocol).hex())
            """;

    private static final String OBJECTS =
            """
            import collections, datetime, decimal, pickle
            for protocol in range(6):
                value = {'when': datetime.datetime(2026, 1, 1), 'what': datetime.datetime,
                    'n': decimal.Decimal('1.5'), 'od': collections.OrderedDict(a=1),
                    'dd': collections.defaultdict(list, b=2), 'dq': collections.deque([1, 2]),
                    'ba': bytearray(b'xy'), 'last': 1}
                value['me'] = value
                print(pickle.dumps(value, protocol).hex())
            """;

    @Test
    void everythingThatPythonWritesIsReadAsItWasWhateverTheProtocol() throws Exception {
        try (Python python = Python.runs(DUMPS, VALUES.toArray(String[]::new))) {
            for (int i = 0; i < 6 * VALUES.size(); i++) {
                String[] line = python.prints().split(" ", -1);
                String expected = new String(HexFormat.of().parseHex(line[1]), UTF_8);
                assertEquals(expected.replace("inf", "Infinity"), shown(line[0]));
            }
        }
    }

    @Test
    void everythingThatIsWrittenPythonReadsAsItWas() throws Exception {
        Seeded.times(40, PickleTest::pythonReads);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        Seeded.times(
                2_000,
                random -> {
                    Object value = random(random, 0);
                    assertEquals(value, PickleReader.read(PickleWriter.write(value), MANY));
                });
    }

    @Test
    void wrappersOfTheDatabaseAreWhatTheyAreWrappedAround() throws Exception {
        try (Python python = Python.runs(SAVER)) {
            for (int protocol = 0; protocol < 6; protocol++) {
                assertEquals(
                        "(1, {'flags': {'SCREENWIDTH': {0: 78}, 'list': [1, 2]}, 'n': 1})",
                        shown(python.prints()));
            }
        }
    }

    /** Golden bytes of CPython 3.11, and the expressions of which it made them. */
    @ParameterizedTest(name = "protocol {0}: {2}")
    @CsvFileSource(resources = "/pickles/derived.txt", delimiter = '\t', quoteCharacter = '`')
    void valueOfADerivedClassIsReadAsTheValue(
            int protocol, String pickle, String expression, String read) throws Exception {
        assertEquals(read, shown(pickle), expression + " in protocol " + protocol);
    }

    @Test
    void objectsThatAreNoValuesAreNamesAndNothingElse() throws Exception {
        try (Python python = Python.runs(OBJECTS)) {
            for (int protocol = 0; protocol < 6; protocol++) {
                assertEquals(
                        "{'when': '2026-01-01 00:00:00', 'what': <datetime.datetime>,"
                                + " 'n': 1.5, 'od': {'a': 1}, 'dd': {'b': 2},"
                                + " 'dq': [1, 2], 'ba': b'xy', 'last': 1,"
                                + " 'me': <a part of itself>}",
                        shown(python.prints()));
            }
        }
    }

    /** What Evennia's Server and launcher send: golden bytes of its protocol. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "80059511000000000000004b017d948c0474657374944b027386942e -> (1, {'test': 2})",
                "80024b017d710058040000007465787471015d7102285d710358050000006c6f6f6b0a7104617d71"
                        + "0558070000006f7074696f6e7371067d71077365738671082e ->"
                        + " (1, {'text': [['look\\n'], {'options': {}}]})",
                "8005952d000000000000004b017d948c0474657874945d94285d948c056c6f6f6b0a94617d948c07"
                        + "6f7074696f6e73947d9473657386942e ->"
                        + " (1, {'text': [['look\\n'], {'options': {}}]})",
                "80024b007d71002858090000006f7065726174696f6e710158010000000371025813000000736572"
                        + "7665725f726573746172745f6d6f64657103580800000073687574646f776e7104580b"
                        + "00000073657373696f6e6461746171057d71065811000000706f7274616c5f73746172"
                        + "745f74696d65710747408f440000000000758671082e ->"
                        + " (0, {'operation': '\u0003', 'server_restart_mode': 'shutdown',"
                        + " 'sessiondata': {}, 'portal_start_time': 1000.5})",
                "80059540000000000000004b027d94288c096f7065726174696f6e948c0104948c0b73657373696f"
                        + "6e64617461947d94288c096c6f676765645f696e94888c03756964944b01757586942e"
                        + " -> (2, {'operation': '\u0004', 'sessiondata': {'logged_in': True,"
                        + " 'uid': 1}})",
                "80059564000000000000004b007d94288c096f7065726174696f6e948c0108948c0b73657373696f"
                        + "6e64617461947d944b017d948c0e70726f746f636f6c5f666c616773947d948c0a434c"
                        + "49454e544e414d45948c084d75646c65742034947373738c05636c65616e94897586942e"
                        + " -> (0, {'operation': '\u0008', 'sessiondata': {1: {'protocol_flags':"
                        + " {'CLIENTNAME': 'Mudlet 4'}}}, 'clean': False})",
                "80057d942e -> {}",
            })
    void goldenPickleIsRead(String pickle, String value) throws Exception {
        assertEquals(value, shown(pickle));
    }

    @Test
    void pickleIsWrittenInProtocolFourWithoutFrameOrMemo() {
        assertEquals(
                "80044b017d288c0474657874"
                        + "5d285d288c046c6f6f6b657d288c076f7074696f6e737d7565758 62e"
                                .replace(" ", ""),
                HexFormat.of()
                        .formatHex(
                                PickleWriter.write(
                                        Tuple.of(
                                                1L,
                                                Map.of(
                                                        "text",
                                                        List.of(
                                                                List.of("look"),
                                                                Map.of("options", Map.of())))))));
    }

    @Test
    void objectIsWrittenAsNone() throws Exception {
        assertEquals(
                Collections.singletonList(null),
                PickleReader.read(PickleWriter.write(List.of(new Opaque("x.y"))), MANY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing at all
                "2e", // no value
                "80062e", // a protocol that there is not
                "4b01", // no end
                "58ffffff7f61", // a text of two gigabytes
                "8dffffffffffffff7f61", // of more than there can be
                "8e0000000001000000", // bytes of four gigabytes
                "8bffffff7f00", // a number of two gigabytes
                "95", // half a frame
                "68052e", // a memo that is empty
                "284b01302e30", // takes what is before the mark
                "6c2e", // a list without a mark
                "7d4b01732e", // a key without a value
                "4b014b02612e", // adds to a number
                "7d5d4b01732e", // a list as a key
                "636f730a73797374656d", // a name without an end
                "4e4e932e", // a class that has no name
                "972e", // a buffer from elsewhere
                "ff2e", // an opcode that there is not
                "49316c0a2e", // a number that is none
                "53610a2e", // a string without quotes
            })
    void whatIsNoPickleIsRefused(String hex) {
        assertThrows(
                MalformedException.class,
                () -> PickleReader.read(HexFormat.of().parseHex(hex), MANY));
    }

    @Test
    void listThatHoldsItselfAgainAndAgainIsRefusedInLittleTime() throws Exception {
        StringBuilder bomb = new StringBuilder("80045d94"); // a list, remembered as 0
        for (int i = 0; i < 40; i++) { // each holds the one before ten times
            bomb.append("5d9428").append(String.format("68%02x", i).repeat(10)).append("65");
        }
        byte[] pickle = HexFormat.of().parseHex(bomb + "2e");
        assertThrows(MalformedException.class, () -> PickleReader.read(pickle, MANY));
    }

    @Test
    void whatAPickleMakesIsBoundedWhileItIsRead() throws Exception {
        for (String step : List.of("N", "]", "(", "N0", "N2", "\u0094", "h\0")) {
            byte[] few = steps(step, 900);
            byte[] many = steps(step, 4 << 20);
            assertNull(PickleReader.read(few, 1_000));
            assertThrows(MalformedException.class, () -> PickleReader.read(many, 1_000_000), step);
        }
    }

    /** A pickle of None that does something again and again before that. */
    private static byte[] steps(String step, int times) {
        String pickle = "N\u0094" + step.repeat(times) + "N.";
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsNestedTooDeeplyIsLeftOutAndTheRestIsRead() throws Exception {
        byte[] pickle =
                HexFormat.of()
                        .parseHex("28" + "5d".repeat(50_000) + "61".repeat(49_999) + "4b07742e");
        Object value = PickleReader.read(pickle, MANY);
        assertTrue(Repr.of(value).contains("<nested too deeply>"));
        assertTrue(Repr.of(value).endsWith(", 7)"));
    }

    @Test
    void noBytesWhateverMakeTheReaderFailOrTakeLong() {
        String opcodes = "(.012NIJKLMSTUVXBCRFGcdeghijlopqrstuab})]P";
        int[] favourites = new int[opcodes.length() + 32];
        for (int i = 0; i < opcodes.length(); i++) {
            favourites[i] = opcodes.charAt(i);
        }
        for (int i = 0; i < 31; i++) {
            favourites[opcodes.length() + i] = 0x80 + i;
        }
        Seeded.times(
                20_000,
                random -> {
                    byte[] bytes = Seeded.bytes(random, random.nextInt(200), favourites);
                    try {
                        PickleReader.read(bytes, MANY);
                    } catch (MalformedException e) {
                        assertTrue(String.valueOf(e.getMessage()).length() > 3);
                    }
                });
    }

    @Test
    void pickleThatIsCutOffOrChangedIsReadOrRefusedButNeverFails() {
        Seeded.times(
                3_000,
                random -> {
                    byte[] whole = PickleWriter.write(random(random, 0));
                    int cut = random.nextInt(whole.length);
                    byte[] cutOff = java.util.Arrays.copyOf(whole, cut);
                    assertThrows(MalformedException.class, () -> PickleReader.read(cutOff, MANY));
                    whole[cut] = (byte) random.nextInt(256);
                    try {
                        PickleReader.read(whole, MANY);
                    } catch (MalformedException e) {
                        assertTrue(String.valueOf(e.getMessage()).length() > 3);
                    }
                });
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

    private static void pythonReads(Random random) {
        List<Object> values = new ArrayList<>();
        StringBuilder pickles = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            Object value = random(random, 0);
            values.add(value);
            pickles.append(HexFormat.of().formatHex(PickleWriter.write(value))).append('\n');
        }
        try (Python python = Python.reads(pickles.toString(), LOADS)) {
            for (Object value : values) {
                assertEquals(
                        Repr.of(value),
                        new String(HexFormat.of().parseHex(python.prints()), UTF_8));
            }
        }
    }

    private static Object random(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 10)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> new BigInteger(70 + random.nextInt(2_000), random).setBit(69).negate();
            case 3 -> (double) random.nextInt(1_000) / 4;
            case 4 -> "grüße\n€😀 ".repeat(random.nextInt(20));
            case 5 -> new Bytes("ab".repeat(random.nextInt(200)).getBytes(UTF_8));
            case 6 -> new Tuple(list(random, depth));
            case 7 -> new Items(List.of((long) random.nextInt(9)));
            case 8 -> list(random, depth);
            default -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    Object key = random.nextBoolean() ? (Object) ("key " + i) : (Long) (long) i;
                    map.put(key, random(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(random(random, depth + 1));
        }
        return list;
    }

    private static String shown(String hex) throws MalformedException {
        return Repr.of(PickleReader.read(HexFormat.of().parseHex(hex), MANY));
    }
}
