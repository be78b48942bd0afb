package lychgate.oob;

import lychgate.session.Weight;

/**
 * How much one message may still contain: a reader claims each value before creating it. The length
 * of a message is bounded on the wire, but {@code [0],} takes four bytes there and seventy in
 * memory. Characters are not counted, because there are no more of them than on the wire. Not
 * thread safe.
 */
final class Allowance {
    /** Values in a message, including containers and keys: no known client sends a hundred. */
    static final int MAX_VALUES = 4_096;

    /**
     * Bytes of memory beside the characters: as many as the longest message has on the wire. Enough
     * for 1,300 texts.
     */
    static final int MAX_BYTES = 64 * 1024;

    private int valuesLeft;
    private int bytesLeft;

    private Allowance(int values, int bytes) {
        this.valuesLeft = values;
        this.bytesLeft = bytes;
    }

    /** For input from a client. */
    static Allowance forClient() {
        return new Allowance(MAX_VALUES, MAX_BYTES);
    }

    /** For input from a trusted source, such as a file. */
    static Allowance unlimited() {
        return new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Claims a text. */
    void text() throws MalformedException {
        take(Weight.REFERENCE + Weight.TEXT);
    }

    /** Claims a number. */
    void number() throws MalformedException {
        take(Weight.REFERENCE + Weight.NUMBER);
    }

    /** Claims a shared value: true, false, null. */
    void constant() throws MalformedException {
        take(Weight.REFERENCE);
    }

    /** Claims a list. */
    void list() throws MalformedException {
        take(Weight.REFERENCE + Weight.LIST);
    }

    /** Claims a table. */
    void table() throws MalformedException {
        take(Weight.REFERENCE + Weight.TABLE);
    }

    /** Claims an entry of a table with its key; the value is claimed separately. */
    void entry() throws MalformedException {
        take(Weight.ENTRY + Weight.TEXT);
    }

    /** Claims one of several commands in a message. */
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
