package lychgate.oob;

import lychgate.session.Weight;

/**
 * What one message may still hold: whoever reads it asks for each value before making it. A message
 * is bounded on the wire, but {@code [0],} has four bytes there and seventy in memory. Characters
 * are not counted, since there are no more of them than on the wire. Not thread safe.
 */
final class Allowance {
    /** Values of a message, containers and keys too: no client is known to send a hundred. */
    static final int MAX_VALUES = 4_096;

    /**
     * Bytes in memory beside characters: as many as the longest message has on the wire. That is
     * room for 1,300 texts.
     */
    static final int MAX_BYTES = 64 * 1024;

    private int valuesLeft;
    private int bytesLeft;

    private Allowance(int values, int bytes) {
        this.valuesLeft = values;
        this.bytesLeft = bytes;
    }

    /** For what a client sends. */
    static Allowance ofAMessage() {
        return new Allowance(MAX_VALUES, MAX_BYTES);
    }

    /** For what comes from our own side. */
    static Allowance ofOurs() {
        return new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** For a text. */
    void text() throws MalformedException {
        take(Weight.REFERENCE + Weight.TEXT);
    }

    /** For a number. */
    void number() throws MalformedException {
        take(Weight.REFERENCE + Weight.NUMBER);
    }

    /** For a value of which there is one for all: true, false, null. */
    void constant() throws MalformedException {
        take(Weight.REFERENCE);
    }

    /** For a list. */
    void list() throws MalformedException {
        take(Weight.REFERENCE + Weight.LIST);
    }

    /** For a table. */
    void table() throws MalformedException {
        take(Weight.REFERENCE + Weight.TABLE);
    }

    /** For an entry of a table, and its key; its value is asked for by itself. */
    void entry() throws MalformedException {
        take(Weight.ENTRY + Weight.TEXT);
    }

    /** For a command of several that one message holds. */
    void command() throws MalformedException {
        take(Weight.COMMAND + Weight.TEXT + Weight.LIST + Weight.TABLE);
    }

    private void take(int weight) throws MalformedException {
        valuesLeft--;
        bytesLeft -= weight;
        if (valuesLeft < 0 || bytesLeft < 0) {
            throw MalformedException.tooMuch();
        }
    }
}
