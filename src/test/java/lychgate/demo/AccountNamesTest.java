package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"ab", "Ab", "a1", "z_", "Z-", "abcdefghijklmnopqrstuvwx", "gues", "a-guest"})
    void nameThatMayBeTaken(String name) {
        assertNull(Accounts.problemWith(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "abcdefghijklmnopqrstuvwxy",
                "1a",
                "_a",
                "-a",
                "a b",
                "a.b",
                "a|r",
                "ab\n",
                "zoë",
                "ßß",
                "a\u0000",
                "\u0430\u0431"
            })
    void nameThatIsNone(String name) {
        assertEquals(
                "A name has 2 to 24 letters, digits, _ or -, and begins with a letter.",
                Accounts.problemWith(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest", "Guest", "GUEST7", "guest_of_honour", "guestbook"})
    void nameThatIsKeptForGuests(String name) {
        assertEquals(
                "Names that begin with guest are kept for guests.", Accounts.problemWith(name));
    }
}
