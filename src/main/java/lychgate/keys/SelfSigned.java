package lychgate.keys;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Generates the key and the self-signed certificate of the first start. */
final class SelfSigned {
    private static final Duration VALID = Duration.ofDays(3_650);

    private SelfSigned() {}

    /** Generates a P-256 key and a self-signed certificate. */
    static void make(Path keyFile, Path chainFile) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            PrivateFile.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            PrivateFile.write(chainFile, pem("CERTIFICATE", selfSigned(pair).getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the certificate cannot be generated: " + e.getMessage(), e);
        }
    }

    private static X509CertificateHolder selfSigned(KeyPair pair)
            throws IOException, OperatorCreationException {
        Instant now = Instant.now();
        Set<String> hosts = hosts();
        X500Name name = new X500Name("CN=" + hosts.iterator().next());
        GeneralName[] names =
                hosts.stream()
                        .map(
                                host ->
                                        new GeneralName(
                                                isAddress(host)
                                                        ? GeneralName.iPAddress
                                                        : GeneralName.dNSName,
                                                host))
                        .toArray(GeneralName[]::new);
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(120, new SecureRandom()),
                        Date.from(
                                now.minus(
                                        Duration.ofDays(1))), // in case the client's clock is slow
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    /** The names of this machine, its host name first. */
    private static Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        try {
            String own = InetAddress.getLocalHost().getHostName();
            if (own.matches("[A-Za-z0-9.-]+")) {
                hosts.add(own);
            }
        } catch (UnknownHostException e) {
            // it has no host name
        }
        hosts.addAll(List.of("localhost", "127.0.0.1", "::1"));
        return hosts;
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9.]+") || host.contains(":");
    }

    private static byte[] pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
