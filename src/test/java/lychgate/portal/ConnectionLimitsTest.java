package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import lychgate.plugin.Admission.Admitted;
import lychgate.plugin.Admission.Place;
import lychgate.plugin.Admission.Refused;
import lychgate.plugin.Limits;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ConnectionLimitsTest {
    private static final String FULL = "connections";
    private static final String TOO_MANY = "connections_per_address";
    private static final String TOO_FAST = "connections_per_second_per_address";
    private static final long DESCRIPTORS = 100_000;

    private long now = TimeUnit.DAYS.toNanos(1);

    @Test
    void connectionsInAllAreLimited() {
        ConnectionLimits door = door(2, 0, 0);
        Place first = admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.2");
        assertEquals(FULL, refused(door, "192.0.2.3"));
        first.giveBack();
        admitted(door, "192.0.2.3");
        assertEquals(FULL, refused(door, "192.0.2.4"));
    }

    @Test
    void sessionsOfOtherPortalsCountForAllButTakeNoDescriptor() {
        ConnectionLimits door =
                new ConnectionLimits(
                        () -> new Limits(3, 0, 0, 0, 6000, 65536, 1 << 20, 0, 0, 10),
                        257,
                        _ -> null,
                        () -> now);
        Place relayed = assertInstanceOf(Admitted.class, door.admitRelayed()).place();
        assertInstanceOf(Admitted.class, door.admitRelayed());
        admitted(door, "192.0.2.1"); // the last one by the limit, and by the descriptors
        assertEquals(FULL, assertInstanceOf(Refused.class, door.admitRelayed()).reason());
        relayed.giveBack();
        relayed.giveBack();
        assertEquals(FULL, refused(door, "192.0.2.2"));
        assertInstanceOf(Admitted.class, door.admitResumed());
        assertInstanceOf(Refused.class, door.admitRelayed());
    }

    @Test
    void connectionsOfAnAddressAreLimited() {
        ConnectionLimits door = door(0, 2, 0);
        Place first = admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.1");
        assertEquals(TOO_MANY, refused(door, "192.0.2.1"));
        admitted(door, "192.0.2.2");
        first.giveBack();
        admitted(door, "192.0.2.1");
        assertEquals(TOO_MANY, refused(door, "192.0.2.1"));
    }

    @Test
    void addressMayConnectTwentyTimesAtOnceAndThenAtItsRate() {
        ConnectionLimits door = door(0, 0, 2);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        admitted(door, "192.0.2.2");
        passes(499);
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        passes(1);
        admitted(door, "192.0.2.1");
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        passes(1_000);
        admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.1");
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
    }

    @Test
    void burstIsSavedUpToTwentyAndNoFurther() {
        ConnectionLimits door = door(0, 0, 2);
        admitted(door, "192.0.2.1");
        passes(3_600_000);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
    }

    @Test
    void addressThatWasRefusedForItsRateTakesUpNoPlace() {
        ConnectionLimits door = door(21, 21, 2);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1");
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        }
        passes(500);
        admitted(door, "192.0.2.1");
    }

    @Test
    void clientThatComesBackToItsSessionDoesNotCountForTheRate() {
        ConnectionLimits door = door(0, 0, 2);
        for (int i = 0; i < 100; i++) {
            Place place = admitted(door, "192.0.2.1");
            place.cameBack();
            place.giveBack();
        }
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
    }

    @Test
    void addressOfIpV6CountsAsItsNetworkOf64Bits() {
        ConnectionLimits door = door(0, 2, 0);
        admitted(door, "2001:db8:0:1::1");
        admitted(door, "2001:db8:0:1:ffff:ffff:ffff:ffff");
        assertEquals(TOO_MANY, refused(door, "2001:db8:0:1::2"));
        admitted(door, "2001:db8:0:2::1");
    }

    @Test
    void addressOfIpV4IsNotTakenForAnotherOfIpV6() {
        ConnectionLimits door = door(0, 1, 0);
        admitted(door, "0.0.0.1");
        admitted(door, "::1");
        assertEquals(TOO_MANY, refused(door, "0.0.0.1"));
    }

    @Test
    void placeIsGivenBackOnce() {
        ConnectionLimits door = door(2, 2, 0);
        Place first = admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.1");
        first.giveBack();
        first.giveBack();
        admitted(door, "192.0.2.1");
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void zeroMeansNoLimit() {
        ConnectionLimits door = door(0, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            admitted(door, "192.0.2.1");
        }
    }

    @Test
    void connectionsLeaveDescriptorsToTheProcess() {
        ConnectionLimits door =
                new ConnectionLimits(() -> limits(10_000, 0, 0), 256 + 3, _ -> null, () -> now);
        for (int i = 0; i < 3; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void oneMayConnectHoweverFewDescriptorsThereAre() {
        ConnectionLimits door =
                new ConnectionLimits(() -> limits(0, 0, 0), 100, _ -> null, () -> now);
        admitted(door, "192.0.2.1");
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void addressWithoutAConnectionIsForgottenWhenManyOthersCome() {
        ConnectionLimits door = door(0, 0, 2);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1").giveBack();
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        for (int i = 0; i < ConnectionLimits.MAX_ADDRESSES; i++) {
            admitted(door, numbered(i)).giveBack();
        }
        assertEquals(ConnectionLimits.MAX_ADDRESSES, door.remembered());
        admitted(door, "192.0.2.1");
    }

    @Test
    void addressWithAConnectionIsNotForgottenHoweverManyOthersCome() {
        ConnectionLimits door = door(0, 1, 0);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i <= ConnectionLimits.MAX_ADDRESSES; i++) {
            places.add(admitted(door, numbered(i)));
        }
        assertEquals(TOO_MANY, refused(door, numbered(0)));
        assertEquals(TOO_MANY, refused(door, numbered(ConnectionLimits.MAX_ADDRESSES)));
        places.forEach(Place::giveBack);
        admitted(door, numbered(ConnectionLimits.MAX_ADDRESSES));
        assertEquals(TOO_MANY, refused(door, numbered(ConnectionLimits.MAX_ADDRESSES)));
        assertEquals(ConnectionLimits.MAX_ADDRESSES, door.remembered());
    }

    private ConnectionLimits door(int connections, int perAddress, int perSecond) {
        return new ConnectionLimits(
                () -> limits(connections, perAddress, perSecond),
                DESCRIPTORS,
                _ -> null,
                () -> now);
    }

    private static Limits limits(int connections, int perAddress, int perSecond) {
        return new Limits(connections, perAddress, perSecond, 0, 0, 0, 0, 0, 0, 0);
    }

    private void passes(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Place admitted(ConnectionLimits door, String from) {
        return admitted(door, InetAddress.ofLiteral(from));
    }

    private static Place admitted(ConnectionLimits door, InetAddress from) {
        return switch (door.admit(from)) {
            case Admitted(Place place) -> place;
            case Refused(String reason, String _) -> fail(from + " was refused: " + reason);
        };
    }

    private static String refused(ConnectionLimits door, String from) {
        return refused(door, InetAddress.ofLiteral(from));
    }

    private static String refused(ConnectionLimits door, InetAddress from) {
        return switch (door.admit(from)) {
            case Admitted _ -> fail(from + " was let in");
            case Refused(String reason, String _) -> reason;
        };
    }

    private static InetAddress numbered(int number) {
        try {
            byte[] bytes = ByteBuffer.allocate(4).putInt(0x0a000000 + number).array();
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
