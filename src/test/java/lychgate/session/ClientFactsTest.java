package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class ClientFactsTest {
    private final ClientFacts facts =
            ClientFacts.NONE
                    .with(Fact.CLIENT, "TINTIN++", "TTYPE")
                    .with(Fact.WIDTH, 100, "NAWS")
                    .with(Fact.flag("FOO"), "bar", "game");

    @Test
    void factIsKnownWithItsSource() {
        assertEquals(100, facts.get(Fact.WIDTH));
        assertEquals(
                "[width: 100 (NAWS), client: TINTIN++ (TTYPE), FOO: bar (game)]",
                facts.all().toString());
    }

    @Test
    void laterWordReplacesTheEarlier() {
        ClientFacts later = facts.with(Fact.WIDTH, 60, "client_options");
        assertEquals(60, later.width());
        assertEquals(3, later.all().size());
    }

    @Test
    void whatNobodySaidIsUnknown() {
        assertNull(facts.get(Fact.HEIGHT));
        assertEquals(ClientFacts.DEFAULT_HEIGHT, facts.height());
        assertEquals(ColourDepth.XTERM256, facts.colours());
    }

    @Test
    void newsThatIsNoneChangesNothing() {
        assertSame(facts, facts.with(Fact.WIDTH, 100, "NAWS"));
    }

    @Test
    void othersAreRightWhereBothKnow() {
        ClientFacts game = ClientFacts.NONE.with(Fact.WIDTH, 40, "game");
        assertEquals(40, facts.with(game).width());
        assertEquals(100, game.with(facts).width());
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Fact<Object> width = (Fact) Fact.WIDTH;
        assertThrows(ClassCastException.class, () -> facts.with(width, "wide", "nobody"));
    }

    @Test
    void whatIsTakenBackIsUnknownAgain() {
        ClientFacts fewer = facts.without(Fact.WIDTH);
        assertNull(fewer.get(Fact.WIDTH));
        assertEquals("[client: TINTIN++ (TTYPE), FOO: bar (game)]", fewer.toString());
        assertSame(fewer, fewer.without(Fact.WIDTH));
    }

    @Test
    void onlyAYesIsAYes() {
        ClientFacts said =
                ClientFacts.NONE.with(Fact.RAW, true, "game").with(Fact.NOCOLOR, false, "game");
        assertEquals(true, said.is(Fact.RAW));
        assertEquals(false, said.is(Fact.NOCOLOR));
        assertEquals(false, said.is(Fact.SCREENREADER));
    }

    @Test
    void anotherSourceOfTheSameAnswerIsNews() {
        ClientFacts news = facts.with(Fact.WIDTH, 100, "client_options");
        assertEquals(false, facts.equals(news));
        assertEquals(facts, news.with(Fact.WIDTH, 100, "NAWS"));
    }

    @Test
    void answerOfSomebodyElseIsTakenWhereNobodyGaveOne() {
        assertEquals("TINTIN++", facts.get(Fact.CLIENT, "unknown"));
        assertEquals("unknown", facts.get(Fact.VERSION, "unknown"));
    }

    @Test
    void factsBeyondTheBoundAreIgnoredAndKnownOnesChange() {
        ClientFacts full = ClientFacts.NONE;
        for (int i = 0; i < 300; i++) {
            full = full.with(Fact.flag("F" + i), i, "game");
        }
        assertEquals(ClientFacts.MAX_FACTS, full.known().size());
        assertEquals(255, full.get(Fact.flag("F255")));
        assertNull(full.get(Fact.flag("F256")));
        assertEquals(7, full.with(Fact.flag("F0"), 7, "game").get(Fact.flag("F0")));
        assertSame(full, full.with(Fact.WIDTH, 80, "NAWS"));
    }

    @Test
    void factsThatComeTogetherAreThoseThatComeOneByOne() {
        List<ClientFacts.Known<?>> all =
                List.of(
                        new ClientFacts.Known<>(Fact.CLIENT, "TINTIN++", "TTYPE"),
                        new ClientFacts.Known<>(Fact.WIDTH, 80, "NAWS"),
                        new ClientFacts.Known<>(Fact.flag("FOO"), "bar", "game"),
                        new ClientFacts.Known<>(Fact.WIDTH, 100, "NAWS"));
        assertEquals(facts, ClientFacts.of(all));
        assertSame(ClientFacts.NONE, ClientFacts.of(List.of()));
    }
}
