package lychgate.admin;

import lychgate.session.Feature;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What an operator sees of one session; nothing that was typed.
 *
 * @param row what the list of sessions shows of it
 * @param facts what is known of the client, and who said so
 * @param features what was negotiated, and what not and why
 * @param way where the time of its last command went; empty if there was none yet
 */
public record SessionDetails(
        SessionRow row, List<Fact> facts, List<Feature> features, List<Step> way) {
    /** A fact. */
    public record Fact(String name, String value, String source) {}

    /** A step of a command's way, in milliseconds; null: not known. */
    public record Step(String name, @Nullable Double millis) {}
}
