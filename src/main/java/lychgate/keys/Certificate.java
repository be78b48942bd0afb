package lychgate.keys;

import java.time.Instant;
import java.util.List;

/**
 * What a person wants to know of a certificate.
 *
 * @param fingerprint SHA-256, as browsers and {@code openssl x509 -fingerprint} show it
 * @param names the hosts for which it is
 * @param expires when it ends
 */
public record Certificate(String fingerprint, List<String> names, Instant expires) {}
