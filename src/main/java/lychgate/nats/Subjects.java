package lychgate.nats;

import java.util.regex.Pattern;

/**
 * The subjects of a realm. {@code n} is the number of a portal.
 *
 * @param realm see {@link #isName}
 */
public record Subjects(String realm) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    /** What follows {@code inbox.}: a portal's number, and tokens of its own choice. */
    private static final Pattern INBOX =
            Pattern.compile("[1-9][0-9]{0,3}(\\.[A-Za-z0-9_-]{1,64}){1,4}");

    public Subjects {
        require(realm);
    }

    /**
     * Whether a realm or shard may be called so: letters, digits, {@code -} and {@code _}. A dot, a
     * blank or a wildcard would be another subject.
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** From a portal to the game of a shard. */
    public String toGame(String shard, int n) {
        return under("to-game." + require(shard) + "." + n);
    }

    /** From all portals to the game of a shard; the last token is the portal. */
    public String toGame(String shard) {
        return under("to-game." + require(shard) + ".*");
    }

    /** From the game of a shard to a portal. */
    public String toPortal(int n, String shard) {
        return under("to-portal." + n + "." + require(shard));
    }

    /** From the games of all shards to a portal; the last token is the shard. */
    public String toPortal(int n) {
        return under("to-portal." + n + ".*");
    }

    /** The signs of life of a portal. */
    public String portalHeartbeat(int n) {
        return under("hb.portal." + n);
    }

    /** The signs of life of all portals; the last token is the portal. */
    public String portalHeartbeats() {
        return under("hb.portal.*");
    }

    /** The signs of life of the game of a shard. */
    public String gameHeartbeat(String shard) {
        return under("hb.game." + require(shard));
    }

    /** The signs of life of all games; the last token is the shard. */
    public String gameHeartbeats() {
        return under("hb.game.*");
    }

    /** The question who has the number of a portal. */
    public String portalClaim(int n) {
        return under("claim.portal." + n);
    }

    /** The question who serves a shard. */
    public String gameClaim(String shard) {
        return under("claim.game." + require(shard));
    }

    /** What a portal answers at once. */
    public String portalPing(int n) {
        return under("ping.portal." + n);
    }

    /** What the server of a shard answers at once. */
    public String gamePing(String shard) {
        return under("ping.game." + require(shard));
    }

    /** Orders to a portal, which it answers; {@code from} is the portal that gives them. */
    public String orders(int n, int from) {
        return under("ctl.portal." + n + "." + from);
    }

    /** Orders of all portals to a portal; the last token is the portal that gives them. */
    public String orders(int n) {
        return under("ctl.portal." + n + ".*");
    }

    /** Where answers to a portal come; more tokens follow. */
    String inbox(int n) {
        return under("inbox." + n);
    }

    /** Whether answers may be sent there: below the {@link #inbox} of some portal of the realm. */
    boolean isInbox(String subject) {
        String inboxes = under("inbox.");
        return subject.startsWith(inboxes)
                && INBOX.matcher(subject.substring(inboxes.length())).matches();
    }

    /** The last token of a subject. */
    public static String last(String subject) {
        return subject.substring(subject.lastIndexOf('.') + 1);
    }

    /** The portal that is the last token of a subject; 0 if that is no portal's number. */
    public static int portal(String subject) {
        String last = last(subject);
        int n = NUMBER.matcher(last).matches() ? Integer.parseInt(last) : 0;
        return n <= NatsConfig.MAX_PORTAL ? n : 0;
    }

    private String under(String rest) {
        return "pl." + realm + "." + rest;
    }

    private static String require(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name in a subject: " + name);
        }
        return name;
    }
}
