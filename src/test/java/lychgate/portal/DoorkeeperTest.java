package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class DoorkeeperTest {
    private static final String FULL = "connections";
    private static final String TOO_MANY = "connections_per_address";
    private static final String TOO_FAST = "connections_per_second_per_address";
    private static final long DESCRIPTORS = 100_000;

    private long now = TimeUnit.DAYS.toNanos(1);

    @Test
    void connectionsInAllAreLimited() {
        Doorkeeper door = door(2, 0, 0);
        Place first = admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.2");
        assertEquals(FULL, refused(door, "192.0.2.3"));
        first.giveBack();
        admitted(door, "192.0.2.3");
        assertEquals(FULL, refused(door, "192.0.2.4"));
    }

    @Test
    void connectionsOfAnAddressAreLimited() {
        Doorkeeper door = door(0, 2, 0);
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
        Doorkeeper door = door(0, 0, 2);
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
        Doorkeeper door = door(0, 0, 2);
        admitted(door, "192.0.2.1");
        passes(3_600_000);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
    }

    @Test
    void addressThatWasRefusedForItsRateTakesUpNoPlace() {
        Doorkeeper door = door(21, 21, 2);
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
    void addressOfIpV6CountsAsItsNetworkOf64Bits() {
        Doorkeeper door = door(0, 2, 0);
        admitted(door, "2001:db8:0:1::1");
        admitted(door, "2001:db8:0:1:ffff:ffff:ffff:ffff");
        assertEquals(TOO_MANY, refused(door, "2001:db8:0:1::2"));
        admitted(door, "2001:db8:0:2::1");
    }

    @Test
    void addressOfIpV4IsNotTakenForAnotherOfIpV6() {
        Doorkeeper door = door(0, 1, 0);
        admitted(door, "0.0.0.1");
        admitted(door, "::1");
        assertEquals(TOO_MANY, refused(door, "0.0.0.1"));
    }

    @Test
    void placeIsGivenBackOnce() {
        Doorkeeper door = door(2, 2, 0);
        Place first = admitted(door, "192.0.2.1");
        admitted(door, "192.0.2.1");
        first.giveBack();
        first.giveBack();
        admitted(door, "192.0.2.1");
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void zeroMeansNoLimit() {
        Doorkeeper door = door(0, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            admitted(door, "192.0.2.1");
        }
    }

    @Test
    void connectionsLeaveDescriptorsToTheProcess() {
        Doorkeeper door =
                new Doorkeeper(() -> limits(10_000, 0, 0), 256 + 3, _ -> false, () -> now);
        for (int i = 0; i < 3; i++) {
            admitted(door, "192.0.2.1");
        }
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void oneMayConnectHoweverFewDescriptorsThereAre() {
        Doorkeeper door = new Doorkeeper(() -> limits(0, 0, 0), 100, _ -> false, () -> now);
        admitted(door, "192.0.2.1");
        assertEquals(FULL, refused(door, "192.0.2.1"));
    }

    @Test
    void addressWithoutAConnectionIsForgottenWhenManyOthersCome() {
        Doorkeeper door = door(0, 0, 2);
        for (int i = 0; i < 20; i++) {
            admitted(door, "192.0.2.1").giveBack();
        }
        assertEquals(TOO_FAST, refused(door, "192.0.2.1"));
        for (int i = 0; i < Doorkeeper.MAX_ADDRESSES; i++) {
            admitted(door, numbered(i)).giveBack();
        }
        assertEquals(Doorkeeper.MAX_ADDRESSES, door.remembered());
        admitted(door, "192.0.2.1");
    }

    @Test
    void addressWithAConnectionIsNotForgottenHoweverManyOthersCome() {
        Doorkeeper door = door(0, 1, 0);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i <= Doorkeeper.MAX_ADDRESSES; i++) {
            places.add(admitted(door, numbered(i)));
        }
        assertEquals(TOO_MANY, refused(door, numbered(0)));
        assertEquals(TOO_MANY, refused(door, numbered(Doorkeeper.MAX_ADDRESSES)));
        places.forEach(Place::giveBack);
        admitted(door, numbered(Doorkeeper.MAX_ADDRESSES));
        assertEquals(TOO_MANY, refused(door, numbered(Doorkeeper.MAX_ADDRESSES)));
        assertEquals(Doorkeeper.MAX_ADDRESSES, door.remembered());
    }

    private Doorkeeper door(int connections, int perAddress, int perSecond) {
        return new Doorkeeper(
                () -> limits(connections, perAddress, perSecond),
                DESCRIPTORS,
                _ -> false,
                () -> now);
    }

    private static Limits limits(int connections, int perAddress, int perSecond) {
        return new Limits(connections, perAddress, perSecond, 0, 0, 0, 0, 0, 0, 0);
    }

    private void passes(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Place admitted(Doorkeeper door, String from) {
        return admitted(door, InetAddress.ofLiteral(from));
    }

    private static Place admitted(Doorkeeper door, InetAddress from) {
        return switch (door.admit(from)) {
            case Admitted(Place place) -> place;
            case Refused(String reason, String _) -> fail(from + " was refused: " + reason);
        };
    }

    private static String refused(Doorkeeper door, String from) {
        return refused(door, InetAddress.ofLiteral(from));
    }

    private static String refused(Doorkeeper door, InetAddress from) {
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
