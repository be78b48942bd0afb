package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.demo.Accounts.Account;
import lychgate.server.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class AccountsTest {
    private static final Secret PASSWORD = new Secret("correct horse 9");
    private static final Secret OTHER = new Secret("another horse 8");

    private final Path folder;
    private Accounts accounts;

    AccountsTest(@TempDir Path temp) throws IOException {
        folder = temp.resolve("accounts");
        accounts = Accounts.open(folder);
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void accountIsMadeAndKnowsItsPassword() throws Exception {
        Account made = accounts.create("Rowan", PASSWORD);
        assertNotNull(made);
        assertEquals("Rowan", made.name());
        assertEquals(made, accounts.check("Rowan", PASSWORD));
    }

    @Test
    void accountIsFoundWhateverTheCaseAndHasTheNameThatItWasGiven() throws Exception {
        Account made = accounts.create("Rowan", PASSWORD);
        assertEquals(made, accounts.check("rOWAN", PASSWORD));
    }

    @Test
    void everyAccountHasANumberOfItsOwn() throws Exception {
        Account one = accounts.create("one", PASSWORD);
        Account two = accounts.create("two", PASSWORD);
        assertTrue(one != null && two != null && one.id() > 0 && one.id() != two.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowan", "Rowan", "ROWAN"})
    void nameHasOneOwnerWhateverTheCase(String name) throws Exception {
        Account first = accounts.create("rowan", PASSWORD);
        assertNull(accounts.create(name, OTHER));
        assertEquals(first, accounts.check("rowan", PASSWORD));
    }

    @Test
    void unknownNameAndWrongPasswordAreTheSame() throws Exception {
        accounts.create("rowan", PASSWORD);
        assertNull(accounts.check("rowan", OTHER));
        assertNull(accounts.check("nobody", PASSWORD));
        assertNull(accounts.check("nobody", new Secret("nobody has this password")));
        assertNull(accounts.check("", new Secret("")));
    }

    @Test
    void nameIsNoPartOfAStatement() throws Exception {
        accounts.create("rowan", PASSWORD);
        assertNull(accounts.check("rowan' --", PASSWORD));
        assertNull(accounts.check("' OR '1'='1", PASSWORD));
        assertNull(accounts.check("rowan%", PASSWORD));
        assertNull(accounts.check("x".repeat(6_000), PASSWORD));
    }

    @Test
    void passwordIsChanged() throws Exception {
        Account made = accounts.create("rowan", PASSWORD);
        assertNotNull(made);
        accounts.change(made.id(), OTHER);
        assertEquals(made, accounts.check("rowan", OTHER));
        assertNull(accounts.check("rowan", PASSWORD));
    }

    @Test
    void changeOfOnePasswordLeavesTheOthersAlone() throws Exception {
        Account one = accounts.create("one", PASSWORD);
        Account two = accounts.create("two", PASSWORD);
        assertNotNull(one);
        accounts.change(one.id(), OTHER);
        assertEquals(two, accounts.check("two", PASSWORD));
    }

    @Test
    void accountsAreThereAgainWhenTheyAreOpenedAgain() throws Exception {
        Account rowan = accounts.create("Rowan", PASSWORD);
        accounts.close();
        accounts = Accounts.open(folder);
        assertEquals(rowan, accounts.check("rowan", PASSWORD));
        assertNull(accounts.create("ROWAN", PASSWORD));
        Account next = accounts.create("ash", PASSWORD);
        assertTrue(rowan != null && next != null && next.id() != rowan.id());
    }

    @Test
    void noPasswordStandsInTheFiles() throws Exception {
        accounts.create("rowan", PASSWORD);
        accounts.close();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)) {
                String latin = new String(bytes, StandardCharsets.ISO_8859_1);
                String password =
                        new String(PASSWORD.value().getBytes(charset), StandardCharsets.ISO_8859_1);
                assertFalse(latin.contains(password), file.toString());
            }
        }
        accounts = Accounts.open(folder);
    }

    @Test
    void folderIsForItsOwnerAlone() throws Exception {
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void whatCannotBeOpenedIsSaidInOneSentence(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("accounts.mv.db"), "this is no database\n".repeat(1_000));
        IOException why = assertThrows(IOException.class, () -> Accounts.open(temp));
        String message = String.valueOf(why.getMessage());
        assertTrue(message.startsWith("The accounts in " + temp + " cannot be opened"), message);
        assertEquals(1, message.lines().count());
    }
}
