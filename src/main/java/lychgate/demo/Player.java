package lychgate.demo;

import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.text.Markup;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who is logged in, over one connection or several: all of them see what happens to the
 * one person.
 */
final class Player {
    /** What a body can bear. */
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

    /** Walking tires, resting heals: something that changes, for clients to show. */
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
