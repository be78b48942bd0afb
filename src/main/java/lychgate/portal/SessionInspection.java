package lychgate.portal;

import lychgate.admin.SessionDetails;
import lychgate.admin.SessionDetails.Fact;
import lychgate.admin.SessionRow;
import lychgate.session.Feature;
import lychgate.text.OneLine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a session what an operator wants to know of it. */
final class SessionInspection {
    private static final Logger log = LoggerFactory.getLogger(SessionInspection.class);

    /** How long a session may take to say what it has negotiated: it may be busy. */
    private static final long PATIENCE_MILLIS = 500;

    private SessionInspection() {}

    static SessionDetails of(OpenSession session, SessionRow row) {
        List<Fact> facts =
                session.facts().all().stream()
                        .map(
                                known ->
                                        new Fact(
                                                known.fact().name(),
                                                OneLine.of(String.valueOf(known.value())),
                                                known.source()))
                        .toList();
        Integer roundTrip = session.facts().get(lychgate.session.Fact.ROUND_TRIP);
        return new SessionDetails(row, facts, features(session), session.way().steps(roundTrip));
    }

    private static List<Feature> features(OpenSession session) {
        CompletableFuture<List<Feature>> features = new CompletableFuture<>();
        session.connection().features(features::complete);
        try {
            return features.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("session {} does not say what it has negotiated", session.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
