package lychgate.transport.web.session;

import lychgate.session.Feature;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.Format.OutOfBand;

import java.util.List;

/** What a web client and the portal have agreed on, for operators. */
final class WebFeatures {
    private static final String NO_PLACE = "the format has no place for it";

    private WebFeatures() {}

    /**
     * The features of a session.
     *
     * @param resumes whether clients may come back at all
     * @param resumable whether this one may
     */
    static List<Feature> of(Format format, boolean resumes, boolean resumable) {
        boolean oob = format.outOfBand() != OutOfBand.NONE;
        return List.of(
                new Feature("format", true, format.getClass().getSimpleName()),
                new Feature("out-of-band", oob, oob ? "part of the format" : NO_PLACE),
                new Feature("coming back", resumable, comingBack(format, resumes, resumable)));
    }

    private static String comingBack(Format format, boolean resumes, boolean resumable) {
        if (resumable) {
            return "asked for by the client";
        }
        if (!resumes) {
            return "switched off (web.resume_seconds)";
        }
        return format.numbered() == null ? NO_PLACE : "not asked for by the client";
    }
}
