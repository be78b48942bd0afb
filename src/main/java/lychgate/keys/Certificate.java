package lychgate.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What an operator wants to know about a certificate.
 *
 * @param fingerprint SHA-256, as browsers and {@code openssl x509 -fingerprint} show it
 * @param names the hosts it is valid for
 * @param expires when it expires
 */
public record Certificate(String fingerprint, List<String> names, Instant expires) {

    static Certificate of(X509Certificate certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            List<String> names = new ArrayList<>();
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
            }
            String fingerprint =
                    HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
            return new Certificate(fingerprint, names, certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate cannot be read", e);
        }
    }
}
