package lychgate.demo;

import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.text.Markup;

import java.util.ArrayList;
import java.util.List;

/** A logged-in player, on one or more connections, each of which sees what happens to them. */
final class Player {
    /** Full health. */
    static final int MAX_HEALTH = 100;

    private final String name;
    private final List<ServerSession> sessions = new ArrayList<>();
    private Room room;
    private int health = MAX_HEALTH;

    Player(String name, Room room) {
        this.name = name;
        this.room = room;
    }

    String name() {
        return name;
    }

    List<ServerSession> sessions() {
        return sessions;
    }

    Room room() {
        return room;
    }

    void moveTo(Room other) {
        room = other;
    }

    int health() {
        return health;
    }

    /** Walking tires, resting heals: gives clients a changing value to display. */
    void changeHealth(int by) {
        health = Math.clamp((long) health + by, 1, MAX_HEALTH);
        sessions.forEach(session -> session.changed("HEALTH"));
    }

    void msg(Markup words) {
        msg(Message.text(words));
    }

    void msg(Message... messages) {
        sessions.forEach(session -> session.msg(messages));
    }
}
