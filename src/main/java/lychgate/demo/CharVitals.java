package lychgate.demo;

/** Sent to a client periodically: {@code char_vitals}, GMCP's {@code Char.Vitals}. */
record CharVitals(int hp, int maxhp) {
    static CharVitals of(Player player) {
        return new CharVitals(player.health(), Player.MAX_HEALTH);
    }
}
