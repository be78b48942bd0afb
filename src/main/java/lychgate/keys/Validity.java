package lychgate.keys;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When certificates are valid.
 *
 * @param file that they are in
 * @param begins when the last of them begins to be
 * @param ends when the first of them expires
 */
public record Validity(Path file, Instant begins, Instant ends) {
    /** Time enough to notice, whoever issues the certificate; certbot renews after two thirds. */
    private static final Duration SOON = Duration.ofDays(14);

    /** Of certificates that are valid for days only, a third of their time. */
    private static final int PART = 3;

    /** Of a chain; roots at its end are of no account, as clients have their own. */
    static Validity of(Path file, List<X509Certificate> chain) {
        X509Certificate own = chain.getFirst();
        Instant begins = own.getNotBefore().toInstant();
        Instant ends = own.getNotAfter().toInstant();
        for (X509Certificate each : chain) {
            if (!each.getSubjectX500Principal().equals(each.getIssuerX500Principal())) {
                Instant from = each.getNotBefore().toInstant();
                Instant until = each.getNotAfter().toInstant();
                begins = from.isAfter(begins) ? from : begins;
                ends = until.isBefore(ends) ? until : ends;
            }
        }
        return new Validity(file, begins, ends);
    }

    /** Whether clients that check it refuse it. */
    public boolean isInvalid(Instant now) {
        return now.isBefore(begins) || !now.isBefore(ends);
    }

    /** What an operator has to be told, in one sentence; null if there is nothing. */
    public @Nullable String warning(Instant now) {
        Duration left = Duration.between(now, ends);
        Duration third = Duration.between(begins, ends).dividedBy(PART);
        if (now.isBefore(begins)) {
            return file + ": the certificate is not valid before " + begins + ": check the clock";
        }
        if (!now.isBefore(ends)) {
            return file + ": the certificate has expired at " + ends + ": renew it";
        }
        if (left.compareTo(SOON) < 0 && left.compareTo(third) < 0) {
            return "%s: the certificate expires in %d days, at %s: renew it"
                    .formatted(file, left.toDays(), ends);
        }
        return null;
    }
}
