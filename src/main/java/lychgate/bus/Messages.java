package lychgate.bus;

import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;

import java.util.ArrayList;
import java.util.List;

/** {@link ToGame} and {@link ToPortal} as bytes: an octet for the kind, then its parts in order. */
public final class Messages {
    private static final int OPENED = 1;
    private static final int PRESENT = 2;
    private static final int ALL_PRESENT = 3;
    private static final int FACTS = 4;
    private static final int SETTLED = 5;
    private static final int INPUT = 6;
    private static final int WRITABLE = 7;
    private static final int CLOSED = 8;
    private static final int PARTING = 9;
    private static final int ARRIVED = 10;

    private static final int READY = 1;
    private static final int OUTPUT = 2;
    private static final int ANSWERED = 3;
    private static final int LOGGED_IN = 4;
    private static final int CHANGED = 5;
    private static final int RELOADED = 6;
    private static final int ENDED = 7;
    private static final int MOVED = 8;
    private static final int PARTED = 9;

    /** Sessions that are told the same in one message: several times those of a portal. */
    static final int MAX_SESSIONS = 65_536;

    private Messages() {}

    /** A message to the game's side, as bytes. */
    public static byte[] encode(ToGame message) {
        ByteOutput out = new ByteOutput(64);
        switch (message) {
            case ToGame.Opened(SessionSync session, boolean settled, boolean writable) ->
                    session(out.octet(OPENED), session, settled, writable);
            case ToGame.Present(
                            SessionSync session,
                            boolean settled,
                            boolean writable,
                            boolean told) -> {
                session(out.octet(PRESENT), session, settled, writable);
                out.flag(told);
            }
            case ToGame.Arrived(SessionSync session, boolean settled, boolean writable) ->
                    session(out.octet(ARRIVED), session, settled, writable);
            case ToGame.AllPresent() -> out.octet(ALL_PRESENT);
            case ToGame.Facts facts ->
                    SessionCodec.facts(out.octet(FACTS).number(facts.sessid()), facts.facts());
            case ToGame.Settled(long sessid) -> out.octet(SETTLED).number(sessid);
            case ToGame.Input(long sessid, long line, List<CommandTuple> commands) ->
                    ValueCodec.commands(out.octet(INPUT).number(sessid).number(line), commands);
            case ToGame.Writable(long sessid, boolean writable) ->
                    out.octet(WRITABLE).number(sessid).flag(writable);
            case ToGame.Closed(long sessid, String reason) ->
                    out.octet(CLOSED).number(sessid).text(reason);
            case ToGame.Parting(long sessid) -> out.octet(PARTING).number(sessid);
        }
        return out.toBytes();
    }

    private static void session(
            ByteOutput out, SessionSync session, boolean settled, boolean writable) {
        SessionCodec.session(out, session);
        out.flag(settled).flag(writable);
    }

    /**
     * Reads a message to the game's side; what a later version may have added at its end is
     * ignored.
     *
     * @throws MalformedException if it is not a valid message
     */
    public static ToGame toGame(byte[] bytes) throws MalformedException {
        ByteInput in = new ByteInput(bytes);
        return switch (in.octet()) {
            case OPENED -> new ToGame.Opened(SessionCodec.session(in), in.flag(), in.flag());
            case PRESENT ->
                    new ToGame.Present(
                            SessionCodec.session(in),
                            in.flag(),
                            in.flag(),
                            !in.hasMore() || in.flag()); // earlier versions do not say
            case ARRIVED -> new ToGame.Arrived(SessionCodec.session(in), in.flag(), in.flag());
            case ALL_PRESENT -> new ToGame.AllPresent();
            case FACTS -> new ToGame.Facts(SessionCodec.sessid(in), SessionCodec.facts(in));
            case SETTLED -> new ToGame.Settled(SessionCodec.sessid(in));
            case INPUT ->
                    new ToGame.Input(SessionCodec.sessid(in), in.number(), ValueCodec.commands(in));
            case WRITABLE -> new ToGame.Writable(SessionCodec.sessid(in), in.flag());
            case CLOSED -> new ToGame.Closed(SessionCodec.sessid(in), in.text());
            case PARTING -> new ToGame.Parting(SessionCodec.sessid(in));
            default -> throw new MalformedException("a message of an unknown kind");
        };
    }

    /** A message to the portal that has the connections, as bytes. */
    public static byte[] encode(ToPortal message) {
        ByteOutput out = new ByteOutput(64);
        switch (message) {
            case ToPortal.Ready() -> out.octet(READY);
            case ToPortal.Output(List<Long> sessids, List<CommandTuple> commands) -> {
                out.octet(OUTPUT).number(sessids.size());
                long before = 0;
                for (long sessid : sessids) {
                    out.signed(sessid - before); // mostly small: numbers of one portal
                    before = sessid;
                }
                ValueCodec.commands(out, commands);
            }
            case ToPortal.Answered(long sessid, long line) ->
                    out.octet(ANSWERED).number(sessid).number(line);
            case ToPortal.LoggedIn(long sessid, long account, String name) ->
                    out.octet(LOGGED_IN).number(sessid).signed(account).text(name);
            case ToPortal.Changed(long sessid, List<SessionChange> changes) ->
                    SessionCodec.changes(out.octet(CHANGED).number(sessid), changes);
            case ToPortal.Reloaded(long awayNanos) -> out.octet(RELOADED).number(awayNanos);
            case ToPortal.Ended(long sessid, String reason, Departure why) ->
                    out.octet(ENDED).number(sessid).text(reason).text(why.name());
            case ToPortal.Moved(long sessid, String shard) ->
                    out.octet(MOVED).number(sessid).text(shard);
            case ToPortal.Parted(long sessid) -> out.octet(PARTED).number(sessid);
        }
        return out.toBytes();
    }

    /**
     * Reads a message to the portal that has the connections; what a later version may have added
     * at its end is ignored.
     *
     * @throws MalformedException if it is not a valid message
     */
    public static ToPortal toPortal(byte[] bytes) throws MalformedException {
        ByteInput in = new ByteInput(bytes);
        return switch (in.octet()) {
            case READY -> new ToPortal.Ready();
            case OUTPUT -> new ToPortal.Output(sessids(in), ValueCodec.commands(in));
            case ANSWERED -> new ToPortal.Answered(SessionCodec.sessid(in), in.number());
            case LOGGED_IN ->
                    new ToPortal.LoggedIn(SessionCodec.sessid(in), in.signed(), in.text());
            case CHANGED -> new ToPortal.Changed(SessionCodec.sessid(in), SessionCodec.changes(in));
            case RELOADED -> new ToPortal.Reloaded(in.number());
            case ENDED ->
                    new ToPortal.Ended(SessionCodec.sessid(in), in.text(), departure(in.text()));
            case MOVED -> new ToPortal.Moved(SessionCodec.sessid(in), in.text());
            case PARTED -> new ToPortal.Parted(SessionCodec.sessid(in));
            default -> throw new MalformedException("a message of an unknown kind");
        };
    }

    private static List<Long> sessids(ByteInput in) throws MalformedException {
        int count = in.count();
        if (count > MAX_SESSIONS) {
            throw new MalformedException("a message for too many sessions");
        }
        List<Long> sessids = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.signed();
            sessids.add(before);
        }
        return sessids;
    }

    /** A reason that only a later version knows ends the session all the same. */
    private static Departure departure(String name) {
        for (Departure why : Departure.values()) {
            if (why.name().equals(name)) {
                return why;
            }
        }
        return Departure.OVER;
    }
}
