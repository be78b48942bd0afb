package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.server.Secret;

import org.junit.jupiter.api.Test;

import java.util.Base64;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void passwordMatchesItsOwnHash() {
        assertTrue(passwords.matches(new Secret("correct horse 9"), hash("correct horse 9")));
    }

    @Test
    void anotherPasswordDoesNotMatch() {
        String hash = hash("correct horse 9");
        assertFalse(passwords.matches(new Secret("correct horse 8"), hash));
        assertFalse(passwords.matches(new Secret("Correct horse 9"), hash));
        assertFalse(passwords.matches(new Secret("correct horse 9 "), hash));
        assertFalse(passwords.matches(new Secret(""), hash));
    }

    /** From the tests of the reference implementation. */
    @Test
    void hashOfTheReferenceImplementationIsMatched() {
        String hash =
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(passwords.matches(new Secret("password"), hash));
        assertFalse(passwords.matches(new Secret("passwore"), hash));
    }

    /** Made by the reference implementation, from UTF-8. */
    @Test
    void lettersOfAllAlphabetsAreHashedAsOthersHashThem() {
        String hash =
                "$argon2id$v=19$m=19456,t=2,p=1$bHljaGdhdGUtc2FsdC0xNg"
                        + "$JeiodFWSaAhzMmUbg4zPiEMGkZPX8ehw+rgncUR4Fes";
        assertTrue(passwords.matches(new Secret("Grüße, Wächter!"), hash));
    }

    @Test
    void hashNamesItsAlgorithmAndCostsAndHoldsSixteenBytesOfSaltAndThirtyTwoOfHash() {
        String[] parts = hash("correct horse 9").split("\\$", -1);
        assertEquals(6, parts.length);
        assertEquals("", parts[0]);
        assertEquals("argon2id", parts[1]);
        assertEquals("v=19", parts[2]);
        assertEquals("m=19456,t=2,p=1", parts[3]);
        assertEquals(16, Base64.getDecoder().decode(parts[4]).length);
        assertEquals(32, Base64.getDecoder().decode(parts[5]).length);
        assertFalse(parts[4].endsWith("=") || parts[5].endsWith("="));
    }

    @Test
    void samePasswordIsHashedWithAnotherSaltEachTime() {
        assertNotEquals(hash("correct horse 9"), hash("correct horse 9"));
    }

    @Test
    void hashFitsItsColumn() {
        assertTrue(hash("x".repeat(6_000)).length() <= 200);
    }

    private String hash(String password) {
        return passwords.hash(new Secret(password));
    }
}
