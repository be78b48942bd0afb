package lychgate.keys;

import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The key and certificate for TLS, of all services: {@code server.key} and {@code server.crt} in
 * {@code etc/tls/}. Made at the first start; the operator's own, if they are there. Replaced files
 * are served to new handshakes as soon as {@link #refresh} has seen them; a pair that does not fit
 * is not taken.
 *
 * <p>Any thread may use the context; {@link #refresh} is for one.
 */
public final class TlsKeys {
    private static final Logger log = LoggerFactory.getLogger(TlsKeys.class);
    private static final Duration VALID = Duration.ofDays(3_650);
    private static final String ALIAS = "server";
    private static final String A_KEY = "a private key without a password";
    private static final String TRUSTED = "TRUSTED CERTIFICATE";
    private static final Pattern CERTIFICATES =
            Pattern.compile("(X509 )?CERTIFICATE|" + TRUSTED + "|PKCS7|CMS");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /**
     * Sessions that are remembered for clients without tickets of their own, which modern ones
     * have. Bounds memory: the JDK's own bound is 20,480.
     */
    private static final int MAX_REMEMBERED = 1_024;

    private final Path keyFile;
    private final Path chainFile;
    private final SSLContext context;
    private volatile Pair serving;
    private List<State> seen;

    /** A key, and the certificates that vouch for it, its own first. */
    private record Pair(PrivateKey key, List<X509Certificate> chain) {}

    /** By what a file that was replaced is told from the one before. */
    private record State(FileTime modified, long size, @Nullable Object fileKey) {
        static final State MISSING = new State(FileTime.fromMillis(0), 0, null);
    }

    private TlsKeys(Path folder) throws IOException, GeneralSecurityException {
        this.keyFile = keyFile(folder);
        this.chainFile = chainFile(folder);
        this.seen = states(); // before they are read, so that nothing is missed
        this.serving = load(keyFile, chainFile);
        this.context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Served()}, null, null);
        context.getServerSessionContext().setSessionCacheSize(MAX_REMEMBERED);
    }

    /**
     * Opens the files of a folder, or makes them.
     *
     * @throws IOException if they cannot be used: the message is one sentence that says what to do
     */
    public static TlsKeys open(Path folder) throws IOException {
        PrivateFile.makeFolder(folder);
        if (nothingIn(folder)) {
            make(keyFile(folder), chainFile(folder));
        }
        try {
            return new TlsKeys(folder);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be spoken: " + e.getMessage(), e);
        }
    }

    /**
     * Sees that {@link #open} would succeed; where there are no files yet, it would make them.
     *
     * @throws IOException if they cannot be used: the message is one sentence that says what to do
     */
    public static void check(Path folder) throws IOException {
        if (!nothingIn(folder)) {
            load(keyFile(folder), chainFile(folder));
        }
    }

    /**
     * Makes a new key and certificate; the old ones stay beside them under a name with the time.
     */
    public static void rotate(Path folder, Instant now) throws IOException {
        PrivateFile.makeFolder(folder);
        for (Path file : List.of(keyFile(folder), chainFile(folder))) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                String old = file.getFileName() + "." + now.getEpochSecond();
                Files.move(file, file.resolveSibling(old), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        make(keyFile(folder), chainFile(folder));
    }

    /** The certificate in a folder; null where there is none. */
    public static @Nullable Certificate describe(Path folder) throws IOException {
        if (Files.notExists(chainFile(folder))) {
            return null;
        }
        return describe(chain(chainFile(folder)).getFirst());
    }

    /** What TLS is spoken with. The same for all services, and for as long as the portal runs. */
    public SSLContext context() {
        return context;
    }

    /** Looks whether the files were replaced, and takes the new ones if they fit. */
    public void refresh() {
        List<State> now = states();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            Pair pair = load(keyFile, chainFile);
            serving = pair;
            Certificate news = describe(pair.chain.getFirst());
            log.info("TLS is now spoken with certificate {}", news.fingerprint());
        } catch (IOException e) {
            log.warn("TLS goes on with the certificate it has: {}", e.getMessage());
        }
    }

    private static boolean nothingIn(Path folder) {
        return Files.notExists(keyFile(folder), LinkOption.NOFOLLOW_LINKS)
                && Files.notExists(chainFile(folder), LinkOption.NOFOLLOW_LINKS);
    }

    private static Path keyFile(Path folder) {
        return folder.resolve("server.key");
    }

    private static Path chainFile(Path folder) {
        return folder.resolve("server.crt");
    }

    private List<State> states() {
        List<State> states = new ArrayList<>();
        for (Path file : List.of(keyFile, chainFile)) {
            try {
                var now = Files.readAttributes(file, BasicFileAttributes.class);
                states.add(new State(now.lastModifiedTime(), now.size(), now.fileKey()));
            } catch (IOException e) {
                states.add(State.MISSING); // it is being replaced
            }
        }
        return states;
    }

    private static Pair load(Path keyFile, Path chainFile) throws IOException {
        if (Files.notExists(keyFile, LinkOption.NOFOLLOW_LINKS) || Files.notExists(chainFile)) {
            throw new IOException(
                    "of "
                            + keyFile
                            + " and "
                            + chainFile
                            + " one is missing: put it there, or take the other away and both are"
                            + " made.");
        }
        PrivateFile.check(keyFile);
        PrivateKey key = key(keyFile);
        List<X509Certificate> chain = chain(chainFile);
        if (!fits(key, chain.getFirst().getPublicKey())) {
            throw new IOException(
                    keyFile + " is not the key of the first certificate in " + chainFile + ".");
        }
        warnOfKeyBeside(chainFile);
        return new Pair(key, chain);
    }

    /** The one key in a file, whatever stands beside it. */
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
        Map<Object, PrivateKey> keys = new HashMap<>(); // one in two notations is one
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

    /** Some say beside a key, and not in it, on which curve it is. */
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

    /** The certificates in a file, whatever stands beside them. */
    private static List<X509Certificate> chain(Path file) throws IOException {
        byte[] bytes = PrivateFile.read(file);
        PemFile pem = PemFile.of(bytes);
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (pem.begun().isEmpty()) {
                add(factory, bytes, chain); // in DER form, as it was always taken
            }
            for (PemFile.Block block : pem.blocks()) {
                if (block.label().equals(TRUSTED)) { // whose trust stands behind it
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

    /** A key beside the certificate is as private as one in its own file. */
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
        return file
                + " does not hold "
                + what
                + " in PEM form: put it there, or take the file away.";
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

    /** A key on P-256 and a certificate that vouches for itself. */
    private static void make(Path keyFile, Path chainFile) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            PrivateFile.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            PrivateFile.write(chainFile, pem("CERTIFICATE", selfSigned(pair).getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate can be made: " + e.getMessage(), e);
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
                        Date.from(now.minus(Duration.ofDays(1))), // clocks differ
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    /** The names under which this machine may be called, its own first. */
    private static Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        try {
            String own = InetAddress.getLocalHost().getHostName();
            if (own.matches("[A-Za-z0-9.-]+")) {
                hosts.add(own);
            }
        } catch (UnknownHostException e) {
            // it has no name
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

    private static Certificate describe(X509Certificate certificate) throws IOException {
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

    /** Gives each handshake what is served at that moment. */
    private final class Served extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
            return choose(keyType);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, Socket socket) {
            return choose(keyType);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return serving.chain.toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return serving.key;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getClientAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }

        private @Nullable String choose(String keyType) {
            String own = serving.key.getAlgorithm(); // RSA, EC or EdDSA
            return keyType.equals(own) || (own.equals("RSA") && keyType.equals("RSASSA-PSS"))
                    ? ALIAS
                    : null;
        }
    }
}
