package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.testing.SessionContract;

/**
 * A player of the contract whose WebSockets are blocked: sends over one connection, without waiting
 * for the answers, and polls over another when something is expected.
 */
final class AjaxPlayer implements SessionContract.Client, AutoCloseable {
    /** As Evennia's page makes them. */
    private static final String PAGE = "0q2c8xv1o7k";

    private final AjaxPeer mouth;
    private final AjaxPeer ear;
    private final Runnable silence;
    private final StringBuilder seen = new StringBuilder();
    private final String csessid;

    /**
     * @param silence lets so much time pass that a client that does not poll is gone
     */
    AjaxPlayer(int port, Runnable silence) {
        this.silence = silence;
        mouth = new AjaxPeer(port);
        ear = new AjaxPeer(port);
        csessid =
                ear.posts(AjaxPeer.form("mode", "init", "csessid", "", "cuid", PAGE))
                        .answer()
                        .field("csessid");
    }

    /** The form of a request. */
    String form(String mode) {
        return AjaxPeer.form("mode", mode, "csessid", csessid, "cuid", PAGE);
    }

    /** The form of a message. */
    String input(String json) {
        return form("input") + "&" + AjaxPeer.form("data", json);
    }

    /** The connection that sends. */
    AjaxPeer mouth() {
        return mouth;
    }

    /** The connection that polls. */
    AjaxPeer ear() {
        return ear;
    }

    /** Polls for one answer. */
    AjaxPeer.Answer polls() {
        return ear.posts(form("receive")).answer();
    }

    @Override
    public void types(String line) {
        mouth.posts(input(Json.write(CommandTuple.text(line))));
    }

    @Override
    public void sees(String words) {
        while (seen.indexOf(words) < 0) {
            seen.append(polls().body());
        }
        seen.delete(0, seen.indexOf(words) + words.length());
    }

    @Override
    public void stopsReading() {}

    @Override
    public void readsOn() {}

    @Override
    public void sendsNoMore() {
        mouth.posts(form("close"));
    }

    @Override
    public void isGone() {
        close();
        silence.run();
    }

    @Override
    public void seesTheEnd() {
        AjaxPeer.Answer last = polls();
        while (last.status() == 200) {
            last = polls();
        }
        assertEquals(410, last.status());
    }

    @Override
    public void close() {
        mouth.close();
        ear.close();
    }
}
