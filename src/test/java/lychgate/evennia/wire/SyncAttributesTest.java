package lychgate.evennia.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Activity;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionSync;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

class SyncAttributesTest {
    private static final Claim CLAIM = new Claim("anna", true);
    private static final SessionSync OPENED =
            SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, Instant.EPOCH)
                    .withClaim(CLAIM);

    @Test
    void clientStaysWhoItSaidItWasWhenTheServerSaysSomething() {
        Map<String, Object> said = Map.of("uname", "anna", "uid", 42L, "logged_in", true);
        assertEquals(CLAIM, SyncAttributes.merged(OPENED, said).origin().claim());
    }

    @Test
    void clientStaysWhoItSaidItWasWithoutItsPuppet() {
        assertEquals(CLAIM, SyncAttributes.withoutPuppet(OPENED).origin().claim());
    }

    @Test
    void whatTheServerSaysOfNothingElseIsChangedInTheRest() {
        SessionSync full =
                new SessionSync(
                        5,
                        new Origin("ssh", "192.0.2.1", "browser", CLAIM),
                        ClientFacts.NONE.with(Fact.WIDTH, 100, "NAWS"),
                        new Login(true, 42L, "anna", 43L),
                        new Activity(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 7),
                        new GameData(Map.of("room", 3L), Map.of("more", "kept")));
        assertEquals(full, SyncAttributes.merged(full, Map.of()));
        SessionSync same = SyncAttributes.merged(full, SyncAttributes.of(full));
        assertEquals(full, same.with(full.data())); // what the Server calls it is kept as well
    }
}
