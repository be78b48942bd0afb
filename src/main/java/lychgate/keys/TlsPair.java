package lychgate.keys;

import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A private key and the certificates that vouch for it, as they are read from two files.
 *
 * @param chain the key's own certificate first
 */
record TlsPair(PrivateKey key, List<X509Certificate> chain) {
    private static final Logger log =
            LoggerFactory.getLogger(TlsKeys.class); // the name that operators know
    private static final String A_KEY = "a private key without a password";
    private static final String TRUSTED = "TRUSTED CERTIFICATE";
    private static final Pattern CERTIFICATES =
            Pattern.compile("(X509 )?CERTIFICATE|" + TRUSTED + "|PKCS7|CMS");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /**
     * Reads a pair.
     *
     * @throws IOException if it cannot be used: the message is one sentence that says what to do
     */
    static TlsPair load(Path keyFile, Path chainFile) throws IOException {
        if (Files.notExists(keyFile, LinkOption.NOFOLLOW_LINKS) || Files.notExists(chainFile)) {
            throw new IOException(
                    "of "
                            + keyFile
                            + " and "
                            + chainFile
                            + " one is missing: put it there, or remove the other and both are"
                            + " made.");
        }
        PrivateFile.check(keyFile);
        PrivateKey key = key(keyFile);
        List<X509Certificate> chain = certificates(chainFile);
        if (!fits(key, chain.getFirst().getPublicKey())) {
            throw new IOException(
                    keyFile + " is not the key of the first certificate in " + chainFile + ".");
        }
        warnOfKeyBeside(chainFile);
        return new TlsPair(key, chain);
    }

    /** The one private key in a file, whatever else is in it. */
    private static PrivateKey key(Path file) throws IOException {
        PemFile pem = PemFile.read(file);
        List<PemFile.Block> blocks =
                pem.blocks().stream().filter(PemFile.Block::isPrivateKey).toList();
        if (blocks.stream().anyMatch(PemFile.Block::isEncrypted)) {
            throw new IOException(
                    file
                            + " is locked with a password, and nobody is there to type it: take it"
                            + " off (openssl pkey -in LOCKED -out "
                            + file.getFileName()
                            + ").");
        }
        Map<Object, PrivateKey> keys = new HashMap<>(); // the same key in two notations counts once
        for (PemFile.Block block : blocks) {
            if (block.label().equals("OPENSSH PRIVATE KEY")) {
                throw new IOException(
                        file
                                + " holds a key in the form of OpenSSH: put one in PEM form there"
                                + " (ssh-keygen -p -m PKCS8 -f COPY).");
            }
            PrivateKey key = key(file, block, pem);
            keys.put(key instanceof ECPrivateKey onCurve ? onCurve.getS() : key, key);
        }
        if (keys.isEmpty()) {
            throw new IOException(notPem(file, A_KEY));
        }
        if (keys.size() > 1) {
            throw new IOException(
                    file
                            + " holds "
                            + keys.size()
                            + " private keys: leave there the one that belongs to the"
                            + " certificate.");
        }
        return keys.values().iterator().next();
    }

    private static PrivateKey key(Path file, PemFile.Block block, PemFile around)
            throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(block.pem()))) {
            PrivateKeyInfo info =
                    switch (parser.readObject()) {
                        case PrivateKeyInfo found -> found;
                        case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                        case null, default -> throw new IOException(notPem(file, A_KEY));
                    };
            return new JcaPEMKeyConverter().getPrivateKey(withCurve(info, around));
        } catch (IOException | RuntimeException e) {
            throw new IOException(notPem(file, A_KEY), e);
        }
    }

    /** Adds the curve to a key that has it in a block of its own. */
    private static PrivateKeyInfo withCurve(PrivateKeyInfo info, PemFile around)
            throws IOException {
        AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || algorithm.getParameters() != null) {
            return info;
        }
        for (PemFile.Block block : around.blocks()) {
            if (block.label().equals("EC PARAMETERS")) {
                return new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                                algorithm.getAlgorithm(),
                                ASN1Primitive.fromByteArray(block.content())),
                        info.parsePrivateKey());
            }
        }
        return info;
    }

    /** The certificates in a file, whatever else is in it. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] bytes = PrivateFile.read(file);
        PemFile pem = PemFile.of(bytes);
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (pem.begun().isEmpty()) {
                add(factory, bytes, chain); // DER is accepted too
            }
            for (PemFile.Block block : pem.blocks()) {
                if (block.label().equals(TRUSTED)) { // followed by trust settings
                    var in = new ByteArrayInputStream(block.content());
                    chain.add((X509Certificate) factory.generateCertificate(in));
                } else if (CERTIFICATES.matcher(block.label()).matches()) {
                    add(factory, block.content(), chain);
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(notPem(file, "certificates"), e);
        }
        if (chain.isEmpty() || !pem.isWhole(CERTIFICATES)) {
            throw new IOException(notPem(file, "certificates"));
        }
        return chain;
    }

    private static void add(CertificateFactory factory, byte[] bytes, List<X509Certificate> chain)
            throws GeneralSecurityException {
        for (var certificate : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
            chain.add((X509Certificate) certificate);
        }
    }

    /** Warns if the certificate's file also holds a key and others can read it. */
    private static void warnOfKeyBeside(Path file) throws IOException {
        boolean key = PemFile.read(file).blocks().stream().anyMatch(PemFile.Block::isPrivateKey);
        if (key && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
            log.warn(
                    "{} holds a private key that others can read: take it out, or chmod 600 the"
                            + " file",
                    file);
        }
    }

    private static String notPem(Path file, String what) {
        return file + " does not hold " + what + " in PEM form: put it there, or remove the file.";
    }

    private static boolean fits(PrivateKey key, PublicKey certified) {
        try {
            String algorithm =
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm(); // Ed25519, Ed448
                    };
            byte[] words = "is this your key".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(words);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(words);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
