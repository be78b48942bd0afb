package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.telnet.TelnetEvent.Negotiation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class NegotiatorTest {
    private static final int NOW = 1_000;
    private static final int LATER = (int) (NOW + Negotiator.ANSWER_TIMEOUT_MILLIS);
    private static final int GMCP = 201;

    private final Negotiator negotiator =
            new Negotiator(
                    new LinkedHashMap<>(
                            Map.of(
                                    Telnet.NAWS,
                                    Stance.WE_ASK,
                                    GMCP,
                                    Stance.WE_OFFER,
                                    Telnet.SGA,
                                    Stance.ON_DEMAND,
                                    Telnet.ECHO,
                                    Stance.OPEN_LOOP)));

    /**
     * RFC 1143, section 7, for our side of an option that we want and allow: the state in which it
     * is, what comes, what we answer, what changes.
     */
    @ParameterizedTest(name = "{0}, then {1}: answer {2}, change {3}")
    @CsvSource({
        // state              comes   answer  change
        "NO,                  DO,     WILL,   on",
        "NO,                  DONT,   -,      -",
        "YES,                 DO,     -,      -",
        "YES,                 DONT,   WONT,   off",
        "WANTNO/EMPTY,        DO,     -,      -",
        "WANTNO/EMPTY,        DONT,   -,      -",
        "WANTNO/OPPOSITE,     DO,     -,      on",
        "WANTNO/OPPOSITE,     DONT,   WILL,   -",
        "WANTYES/EMPTY,       DO,     -,      on",
        "WANTYES/EMPTY,       DONT,   -,      off",
        "WANTYES/OPPOSITE,    DO,     WONT,   -",
        "WANTYES/OPPOSITE,    DONT,   -,      -",
        "UNANSWERED,          DO,     -,      on",
        "UNANSWERED,          DONT,   -,      off",
        // what we want ourselves
        "NO,                  enable,  WILL,  -",
        "NO,                  disable, -,     -",
        "YES,                 enable,  -,     -",
        "YES,                 disable, WONT,  off",
        "WANTNO/EMPTY,        enable,  -,     -",
        "WANTNO/EMPTY,        disable, -,     -",
        "WANTNO/OPPOSITE,     enable,  -,     -",
        "WANTNO/OPPOSITE,     disable, -,     -",
        "WANTYES/EMPTY,       enable,  -,     -",
        "WANTYES/EMPTY,       disable, -,     -",
        "WANTYES/OPPOSITE,    enable,  -,     -",
        "WANTYES/OPPOSITE,    disable, -,     -",
        "UNANSWERED,          enable,  WILL,  -",
        "UNANSWERED,          disable, -,     -",
    })
    void rfc1143(String state, String comes, String answer, String change) {
        bring(Telnet.SGA, state);
        Negotiator.Reaction reaction = event(Telnet.SGA, comes);
        assertEquals(answer, shown(reaction.answer()), "answer");
        assertEquals(change, shown(reaction.change()), "change");
    }

    @ParameterizedTest(name = "{0}, then {1} and {2}: answers {3}")
    @CsvSource({
        "WANTNO/EMPTY,     DO,     DO,      WILL", // after the error it is off; DO asks anew
        "WANTNO/OPPOSITE,  disable, DONT,   -",
        "WANTNO/EMPTY,     enable, DONT,    WILL",
        "WANTYES/EMPTY,    disable, DO,     WONT",
        "WANTYES/OPPOSITE, enable, DO,      -",
    })
    void rfc1143Queues(String state, String first, String second, String answer) {
        bring(Telnet.SGA, state);
        event(Telnet.SGA, first);
        assertEquals(answer, shown(event(Telnet.SGA, second).answer()));
    }

    @Test
    void windowSizeIsAskedForButNeverOffered() {
        assertEquals(Verb.WONT, answerTo(Verb.DO, Telnet.NAWS));
        assertEquals("on", shown(hear(Verb.WILL, Telnet.NAWS).change()));
    }

    @Test
    void gmcpIsOfferedButNeverAskedFor() {
        assertEquals(Verb.DONT, answerTo(Verb.WILL, GMCP));
    }

    @Test
    void openingSpeaksOfOptionsInTheirOrder() {
        Map<Integer, Stance> stances = new LinkedHashMap<>();
        stances.put(Telnet.TTYPE, Stance.WE_ASK);
        stances.put(Telnet.NAWS, Stance.WE_ASK);
        stances.put(Telnet.SGA, Stance.ON_DEMAND);
        stances.put(GMCP, Stance.WE_OFFER);
        assertEquals(
                List.of(
                        new Negotiation(Verb.DO, Telnet.TTYPE),
                        new Negotiation(Verb.DO, Telnet.NAWS),
                        new Negotiation(Verb.WILL, GMCP)),
                new Negotiator(stances).opening(NOW));
    }

    @Test
    void unknownOptionIsRefusedOnceHoweverOftenItIsAskedFor() {
        assertEquals(Verb.WONT, answerTo(Verb.DO, 99));
        assertEquals(null, answerTo(Verb.DO, 99));
        assertEquals(Verb.DONT, answerTo(Verb.WILL, 99));
        assertEquals(null, answerTo(Verb.WILL, 99));
    }

    @Test
    void unknownOptionIsRefusedAgainAfterTheClientTookItBack() {
        answerTo(Verb.DO, 99);
        assertEquals(null, answerTo(Verb.DONT, 99));
        assertEquals(Verb.WONT, answerTo(Verb.DO, 99));
    }

    @Test
    void answersAMinuteAreBounded() {
        int answers = 0;
        for (int i = 0; i < 10_000; i++) {
            hear(Verb.DONT, i % 100 + 40);
            answers += answerTo(Verb.DO, i % 100 + 40) == null ? 0 : 1;
        }
        assertEquals(Negotiator.MAX_ANSWERS_PER_MINUTE, answers);
        assertTrue(hear(Verb.WILL, 250).ignored());
        assertFalse(negotiator.received(new Negotiation(Verb.WILL, 251), NOW + 60_000).ignored());
    }

    @Test
    void echoIsSaidWhetherOrNotTheClientEverAnswers() {
        List<String> said = new ArrayList<>();
        for (boolean on : new boolean[] {true, false, true, false}) {
            said.add(shown(negotiator.request(Telnet.ECHO, Side.US, on, NOW).answer()));
        }
        assertEquals(List.of("WILL", "WONT", "WILL", "WONT"), said);
    }

    @Test
    void echoAcknowledgedIsNotAnswered() {
        negotiator.request(Telnet.ECHO, Side.US, true, NOW);
        assertEquals(null, answerTo(Verb.DO, Telnet.ECHO));
        negotiator.request(Telnet.ECHO, Side.US, false, NOW);
        assertEquals(null, answerTo(Verb.DONT, Telnet.ECHO));
    }

    @Test
    void echoThatTheClientAsksForOfItselfIsGranted() {
        assertEquals(Verb.WILL, answerTo(Verb.DO, Telnet.ECHO));
        assertEquals(Verb.WONT, answerTo(Verb.DONT, Telnet.ECHO));
    }

    @Test
    void echoIsNotGrantedOnceWeHaveSpokenOfIt() {
        negotiator.request(Telnet.ECHO, Side.US, true, NOW);
        negotiator.request(Telnet.ECHO, Side.US, false, NOW);
        assertEquals(null, answerTo(Verb.DO, Telnet.ECHO)); // an answer that comes late
        assertEquals(null, answerTo(Verb.DONT, Telnet.ECHO));
        assertEquals(Verb.WONT, answerTo(Verb.DO, Telnet.ECHO));
    }

    @Test
    void echoIsNotGrantedForAnAnswerThatComesAfterItsTime() {
        negotiator.request(Telnet.ECHO, Side.US, true, NOW);
        negotiator.request(Telnet.ECHO, Side.US, false, NOW);
        long muchLater = NOW + Negotiator.ACKNOWLEDGEMENT_TIMEOUT_MILLIS;
        Negotiation late = new Negotiation(Verb.DO, Telnet.ECHO);
        assertEquals("WONT", shown(negotiator.received(late, muchLater).answer()));
    }

    @Test
    void acknowledgementOfThePastDoesNotRefuseEcho() {
        for (boolean on : new boolean[] {true, false, true}) {
            negotiator.request(Telnet.ECHO, Side.US, on, NOW);
        }
        for (Verb late : List.of(Verb.DO, Verb.DONT, Verb.DO)) {
            assertEquals(Negotiator.Reaction.NOTHING, hear(late, Telnet.ECHO));
        }
        assertTrue(negotiator.on(Telnet.ECHO, Side.US));
    }

    @Test
    void echoThatIsOnMayBeRefusedByTheClientAtAnyTime() {
        negotiator.request(Telnet.ECHO, Side.US, true, NOW);
        hear(Verb.DO, Telnet.ECHO);
        assertEquals(Verb.WONT, answerTo(Verb.DONT, Telnet.ECHO));
        assertFalse(negotiator.on(Telnet.ECHO, Side.US));
        assertEquals("WILL", shown(negotiator.request(Telnet.ECHO, Side.US, true, NOW).answer()));
    }

    @Test
    void echoRefusedInAnswerIsTakenBackOnlyWhenItIsNoLongerWanted() {
        negotiator.request(Telnet.ECHO, Side.US, true, NOW);
        assertEquals(null, answerTo(Verb.DONT, Telnet.ECHO)); // it is an answer
        assertFalse(negotiator.on(Telnet.ECHO, Side.US));
        assertEquals("WONT", shown(negotiator.request(Telnet.ECHO, Side.US, false, NOW).answer()));
    }

    /** How a client answers what it is told of our side, and when. */
    private static final class Acknowledging {
        private final boolean yes;
        private final boolean no;
        private final List<Verb> underWay = new ArrayList<>();
        private boolean on;

        Acknowledging(boolean yes, boolean no) {
            this.yes = yes;
            this.no = no;
        }

        void hears(Verb said) {
            boolean wanted = said == Verb.WILL;
            if (wanted != on) {
                on = wanted;
                if (wanted ? yes : no) {
                    underWay.add(wanted ? Verb.DO : Verb.DONT);
                }
            }
        }
    }

    /** Whoever asks for passwords one after the other is not thrown by answers under way. */
    @Test
    void echoIsAlwaysWhatWasWantedLastHoweverLateItIsAcknowledged() {
        Seeded.times(
                2_000,
                random -> {
                    Negotiator server = new Negotiator(Map.of(Telnet.ECHO, Stance.OPEN_LOOP));
                    Acknowledging client =
                            new Acknowledging(random.nextInt(4) > 0, random.nextInt(4) > 0);
                    List<Verb> towards = new ArrayList<>();
                    boolean wish = false;
                    boolean word = false;
                    int wishes = 60;
                    long now = NOW;
                    while (wishes > 0 || !towards.isEmpty() || !client.underWay.isEmpty()) {
                        now += random.nextInt(400);
                        List<Negotiation> said = new ArrayList<>();
                        switch (random.nextInt(3)) {
                            case 0 -> {
                                if (wishes-- > 0) {
                                    wish = !wish;
                                    say(server.request(Telnet.ECHO, Side.US, wish, now), said);
                                    assertEquals(1, said.size(), "each wish is said at once");
                                }
                            }
                            case 1 -> {
                                if (!towards.isEmpty()) {
                                    client.hears(towards.removeFirst());
                                }
                            }
                            default -> {
                                if (!client.underWay.isEmpty()) {
                                    Verb heard = client.underWay.removeFirst();
                                    assertEquals(
                                            Negotiator.Reaction.NOTHING,
                                            server.received(
                                                    new Negotiation(heard, Telnet.ECHO), now));
                                }
                            }
                        }
                        for (Negotiation each : said) {
                            word = each.verb() == Verb.WILL;
                            towards.add(each.verb());
                        }
                        assertEquals(wish, word, "our last word");
                        assertEquals(wish, server.on(Telnet.ECHO, Side.US));
                    }
                    assertEquals(wish, client.on);
                });
    }

    /** Both sides agree in the end, and on what was wanted last. */
    @Test
    void optionIsInTheEndWhatWasWantedLast() {
        Seeded.times(
                4_000,
                random -> {
                    Negotiator server = new Negotiator(Map.of(Telnet.SGA, Stance.ON_DEMAND));
                    Acknowledging client = new Acknowledging(true, true);
                    List<Verb> towards = new ArrayList<>();
                    boolean wish = false;
                    int wishes = 20;
                    while (wishes > 0 || !towards.isEmpty() || !client.underWay.isEmpty()) {
                        List<Negotiation> said = new ArrayList<>();
                        switch (random.nextInt(3)) {
                            case 0 -> {
                                if (wishes-- > 0) {
                                    wish = random.nextBoolean();
                                    say(server.request(Telnet.SGA, Side.US, wish, NOW), said);
                                }
                            }
                            case 1 -> {
                                if (!towards.isEmpty()) {
                                    client.hears(towards.removeFirst());
                                }
                            }
                            default -> {
                                if (!client.underWay.isEmpty()) {
                                    Verb heard = client.underWay.removeFirst();
                                    say(
                                            server.received(
                                                    new Negotiation(heard, Telnet.SGA), NOW),
                                            said);
                                }
                            }
                        }
                        said.forEach(each -> towards.add(each.verb()));
                    }
                    assertEquals(wish, client.on, "the client's");
                    assertEquals(wish, server.on(Telnet.SGA, Side.US), "ours");
                });
    }

    @Test
    void lateYesToWhatIsNoLongerWantedIsAnsweredByNo() {
        bring(Telnet.SGA, "UNANSWERED");
        assertEquals("-", shown(event(Telnet.SGA, "disable").answer()));
        assertEquals(Verb.WONT, answerTo(Verb.DO, Telnet.SGA));
        assertEquals(null, answerTo(Verb.DONT, Telnet.SGA));
    }

    @Test
    void lateYesToWhatWasTakenBackInTimeIsAnsweredByNo() {
        bring(Telnet.SGA, "WANTYES/OPPOSITE");
        negotiator.expire(LATER);
        assertEquals(Verb.WONT, answerTo(Verb.DO, Telnet.SGA));
    }

    @Test
    void whatIsOfferedLastIsGrantedNoEarlierThoughTheClientAsks() {
        Negotiator last = new Negotiator(Map.of(Telnet.MCCP3, Stance.WE_OFFER_LAST));
        assertEquals(
                Negotiator.Reaction.NOTHING,
                last.received(new Negotiation(Verb.DO, Telnet.MCCP3), NOW));
        assertTrue(last.settled());
        assertFalse(last.on(Telnet.MCCP3, Side.US));
        Negotiator.Reaction granted = last.request(Telnet.MCCP3, Side.US, true, NOW);
        assertEquals("WILL", shown(granted.answer()));
        assertEquals("on", shown(granted.change()));
    }

    @Test
    void whatIsOfferedLastMayBeAskedForAndRefusedBeforeThat() {
        Negotiator last = new Negotiator(Map.of(Telnet.MCCP3, Stance.WE_OFFER_LAST));
        last.received(new Negotiation(Verb.DO, Telnet.MCCP3), NOW);
        last.received(new Negotiation(Verb.DONT, Telnet.MCCP3), NOW);
        assertEquals("WILL", shown(last.request(Telnet.MCCP3, Side.US, true, NOW).answer()));
        assertFalse(last.on(Telnet.MCCP3, Side.US));
    }

    @Test
    void clientsEchoIsNeverWanted() {
        assertEquals(Verb.DONT, answerTo(Verb.WILL, Telnet.ECHO));
    }

    @Test
    void markIsAnsweredEachTimeAndAskedForEachTime() {
        Negotiator marks = new Negotiator(Map.of(Telnet.TIMING_MARK, Stance.MARK));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "WILL",
                    shown(
                            marks.received(new Negotiation(Verb.DO, Telnet.TIMING_MARK), NOW)
                                    .answer()));
            assertEquals(
                    "DO", shown(marks.request(Telnet.TIMING_MARK, Side.THEM, true, NOW).answer()));
            assertTrue(marks.settled());
        }
        assertEquals(
                Negotiator.Reaction.NOTHING,
                marks.received(new Negotiation(Verb.DONT, Telnet.TIMING_MARK), NOW));
    }

    @Test
    void answerToAMarkIsNotAnsweredWhetherYesOrNo() {
        Negotiator marks = new Negotiator(Map.of(Telnet.TIMING_MARK, Stance.MARK));
        for (Verb verb : List.of(Verb.WILL, Verb.WONT, Verb.WILL)) {
            Negotiator.Reaction reaction =
                    marks.received(new Negotiation(verb, Telnet.TIMING_MARK), NOW);
            assertEquals(null, reaction.answer());
            assertEquals(verb == Verb.WILL ? "on" : "off", shown(reaction.change()));
        }
    }

    @Test
    void agreedIsWhatIsOnByTheVerbThatWeWouldSay() {
        hear(Verb.DO, Telnet.SGA);
        hear(Verb.WILL, Telnet.NAWS);
        hear(Verb.DO, Telnet.NAWS);
        assertEquals(
                Set.of(
                        new Negotiation(Verb.WILL, Telnet.SGA),
                        new Negotiation(Verb.DO, Telnet.NAWS)),
                Set.copyOf(negotiator.agreed()));
    }

    @Test
    void openingIsSettledByAnswersOrByTime() {
        negotiator.opening(NOW);
        assertFalse(negotiator.settled());
        hear(Verb.WONT, Telnet.NAWS);
        assertFalse(negotiator.settled());
        negotiator.expire(LATER);
        assertTrue(negotiator.settled());
    }

    @Test
    void lateYesIsTakenWithoutAnAnswer() {
        negotiator.opening(NOW);
        negotiator.expire(LATER);
        Negotiator.Reaction reaction = hear(Verb.DO, GMCP);
        assertEquals("-", shown(reaction.answer()));
        assertEquals("on", shown(reaction.change()));
    }

    @Test
    void noNeverAcknowledgedStillLetsTheOptionComeBack() {
        bring(Telnet.SGA, "WANTNO/OPPOSITE"); // a client that is silent on WONT
        assertEquals(List.of(new Negotiation(Verb.WILL, Telnet.SGA)), negotiator.expire(LATER));
    }

    /** Whatever two of us say to each other at random, it ends. */
    @Test
    void twoNegotiatorsNeverLoop() {
        Seeded.times(
                300,
                random -> {
                    Negotiator[] ends = new Negotiator[2];
                    for (int i = 0; i < 2; i++) {
                        Map<Integer, Stance> stances = new LinkedHashMap<>();
                        for (int option = 0; option < 5; option++) {
                            stances.put(
                                    option,
                                    Stance.values()[random.nextInt(Stance.values().length)]);
                        }
                        ends[i] = new Negotiator(stances);
                    }
                    List<List<Negotiation>> ways = List.of(new ArrayList<>(), new ArrayList<>());
                    ways.get(1).addAll(ends[0].opening(NOW));
                    ways.get(0).addAll(ends[1].opening(NOW));
                    int said = 0;
                    for (int step = 0;
                            step < 40 || !(ways.get(0).isEmpty() && ways.get(1).isEmpty());
                            step++) {
                        int who = random.nextInt(2);
                        if (step < 40 && random.nextInt(3) == 0) {
                            say(
                                    ends[who].request(
                                            random.nextInt(5),
                                            Side.values()[random.nextInt(2)],
                                            random.nextBoolean(),
                                            NOW),
                                    ways.get(1 - who));
                        } else if (!ways.get(who).isEmpty()) {
                            say(
                                    ends[who].received(ways.get(who).removeFirst(), NOW),
                                    ways.get(1 - who));
                            said++;
                        }
                        assertTrue(said < 1_000, "they go on for ever");
                    }
                });
    }

    private static void say(Negotiator.Reaction reaction, List<Negotiation> way) {
        Negotiation answer = reaction.answer();
        if (answer != null) {
            way.add(answer);
        }
    }

    private void bring(int option, String state) {
        String[] steps =
                switch (state) {
                    case "NO" -> new String[] {};
                    case "YES" -> new String[] {"enable", "DO"};
                    case "WANTNO/EMPTY" -> new String[] {"enable", "DO", "disable"};
                    case "WANTNO/OPPOSITE" -> new String[] {"enable", "DO", "disable", "enable"};
                    case "WANTYES/EMPTY", "UNANSWERED" -> new String[] {"enable"};
                    case "WANTYES/OPPOSITE" -> new String[] {"enable", "disable"};
                    default -> throw new AssertionError(state);
                };
        for (String step : steps) {
            event(option, step);
        }
        if (state.equals("UNANSWERED")) {
            negotiator.expire(LATER);
        }
    }

    private Negotiator.Reaction event(int option, String what) {
        return switch (what) {
            case "enable" -> negotiator.request(option, Side.US, true, NOW);
            case "disable" -> negotiator.request(option, Side.US, false, NOW);
            default -> hear(Verb.valueOf(what), option);
        };
    }

    private Negotiator.Reaction hear(Verb verb, int option) {
        return negotiator.received(new Negotiation(verb, option), NOW);
    }

    private @org.jspecify.annotations.Nullable Verb answerTo(Verb verb, int option) {
        Negotiation answer = hear(verb, option).answer();
        return answer == null ? null : answer.verb();
    }

    private static String shown(@org.jspecify.annotations.Nullable Negotiation answer) {
        return answer == null ? "-" : answer.verb().name();
    }

    private static String shown(@org.jspecify.annotations.Nullable OptionChange change) {
        return change == null ? "-" : change.on() ? "on" : "off";
    }
}
