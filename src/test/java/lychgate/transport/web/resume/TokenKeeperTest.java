package lychgate.transport.web.resume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;

class TokenKeeperTest {
    private final TokenKeeper tokens = new TokenKeeper();

    @Test
    void tokenHasAnIdOf128BitsAndASecretOf256() {
        ResumeToken token = tokens.first();
        assertEquals(16, Base64.getUrlDecoder().decode(token.id()).length);
        assertEquals(32, Base64.getUrlDecoder().decode(token.secret()).length);
        assertEquals(token, ResumeToken.parse(token.text()));
        assertEquals(token.id(), tokens.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.b",
                "AAAAAAAAAAAAAAAAAAAAAA.",
                "AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB!",
                "AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
            })
    void whatHasAnotherFormIsNoToken(String text) {
        assertNull(ResumeToken.parse(text));
    }

    @Test
    void logsDoNotShowTheSecret() {
        ResumeToken token = tokens.first();
        assertFalse(("" + token).contains(token.secret()));
    }

    @Test
    void failedTrySpendsNothing() {
        ResumeToken token = tokens.first();
        assertFalse(tokens.accepts(new ResumeToken(token.id(), "x".repeat(43))));
        assertFalse(tokens.accepts(new TokenKeeper().first()));
        assertTrue(tokens.accepts(token));
        assertTrue(tokens.accepts(token));
    }

    @Test
    void presentedTokenStaysGoodUntilTheNextIsConfirmed() {
        ResumeToken first = tokens.first();
        ResumeToken second = tokens.next(first);
        assertNotEquals(first, second);
        assertTrue(tokens.accepts(first));
        assertTrue(tokens.accepts(second));
        tokens.confirmed();
        assertFalse(tokens.accepts(first));
        assertTrue(tokens.accepts(second));
    }

    @Test
    void clientWhoseAnswersAreLostComesBackAgainAndAgain() {
        ResumeToken first = tokens.first();
        ResumeToken lost = tokens.next(first);
        ResumeToken third = tokens.next(first);
        assertFalse(tokens.accepts(lost));
        assertTrue(tokens.accepts(first));
        assertTrue(tokens.accepts(third));
    }
}
