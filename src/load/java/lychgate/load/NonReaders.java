package lychgate.load;

import java.util.List;

/** Guests who do not read, while one shouts. */
final class NonReaders {
    private static final int PER_ADDRESS = 30;
    private static final int SHOUTS_PER_SECOND = 36;
    private static final String SHOUT = "shout " + "x".repeat(5_900);

    /**
     * The minimum receive buffer of Linux, so that unread data is held by the portal, not by the
     * system.
     */
    private static final int RECEIVE_BUFFER = 4 * 1024;

    private NonReaders() {}

    static List<Row> rows() {
        return List.of(of(900).lasting(25));
    }

    /** A row with several guests who do not read. */
    static Row of(int guests) {
        return new Row(
                        guests + " guests who do not read, one shouts",
                        field -> {
                            Wire shouter = field.guests(1, 1).getFirst().drain();
                            for (Wire wire : field.wires(guests, PER_ADDRESS, RECEIVE_BUFFER)) {
                                wire.guest();
                            }
                            field.begin();
                            Pace pace = new Pace(SHOUTS_PER_SECOND);
                            while (field.goesOn()) {
                                pace.await(1);
                                shouter.say(SHOUT);
                                field.sent(SHOUT.length());
                            }
                        })
                .within(0); // bounded by the memory budget, a share of the heap
    }
}
