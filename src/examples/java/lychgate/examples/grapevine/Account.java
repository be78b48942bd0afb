package lychgate.examples.grapevine;

/**
 * The game's account on Grapevine, and the one channel that a bot is in.
 *
 * @param secret is in no log
 */
record Account(String id, String secret, String channel) {
    @Override
    public String toString() {
        return id + " in " + channel;
    }
}
