package lychgate.keys;

import lychgate.plugin.ServerTls;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The key and certificate for TLS, shared by all services: {@code server.key} and {@code
 * server.crt} in {@code etc/tls/}. Generated at the first start, unless the operator has installed
 * their own. When the files are replaced, {@link #refresh} takes the new pair for the handshakes
 * after that; a pair that does not match is not taken.
 *
 * <p>Any thread may call.
 */
public final class TlsKeys implements ServerTls {
    private static final Logger log = LoggerFactory.getLogger(TlsKeys.class);
    private static final String ALIAS = "server";

    /**
     * Cached sessions, for old clients that do not resume by ticket. Bounds memory: the JDK's
     * default is 20,480.
     */
    private static final int MAX_REMEMBERED = 1_024;

    private final Path keyFile;
    private final Path chainFile;
    private final SSLContext context;
    private volatile TlsPair serving;
    private List<State> seen;

    /** Tells a file that was replaced from the one before. */
    private record State(FileTime modified, long size, @Nullable Object fileKey) {
        static final State MISSING = new State(FileTime.fromMillis(0), 0, null);
    }

    private TlsKeys(Path folder) throws IOException, GeneralSecurityException {
        this.keyFile = keyFile(folder);
        this.chainFile = chainFile(folder);
        this.seen = states(); // before the files are read: no change is missed
        this.serving = TlsPair.load(keyFile, chainFile);
        this.context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Served()}, null, null);
        context.getServerSessionContext().setSessionCacheSize(MAX_REMEMBERED);
    }

    /**
     * Opens the files of a folder; if there are none, they are generated.
     *
     * @throws IOException if they cannot be used: the message is one sentence that says what to do
     */
    public static TlsKeys open(Path folder) throws IOException {
        PrivateFile.makeFolder(folder);
        if (nothingIn(folder)) {
            SelfSigned.make(keyFile(folder), chainFile(folder));
        }
        try {
            return new TlsKeys(folder);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not available: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that {@link #open} would succeed. A folder without files passes: they would be
     * generated.
     *
     * @throws IOException if they cannot be used: the message is one sentence that says what to do
     */
    public static void check(Path folder) throws IOException {
        if (!nothingIn(folder)) {
            TlsPair.load(keyFile(folder), chainFile(folder));
        }
    }

    /** Generates a new key and certificate; the old files are renamed to end with the time. */
    public static void rotate(Path folder, Instant now) throws IOException {
        PrivateFile.makeFolder(folder);
        for (Path file : List.of(keyFile(folder), chainFile(folder))) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                String old = file.getFileName() + "." + now.getEpochSecond();
                Files.move(file, file.resolveSibling(old), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        SelfSigned.make(keyFile(folder), chainFile(folder));
    }

    /** The certificate in a folder; null if there is none. */
    public static @Nullable Certificate describe(Path folder) throws IOException {
        if (Files.notExists(chainFile(folder))) {
            return null;
        }
        return Certificate.of(TlsPair.certificates(chainFile(folder)).getFirst());
    }

    @Override
    public SSLContext context() {
        return context;
    }

    @Override
    public SSLParameters parameters() {
        return TlsPolicy.parameters();
    }

    /** When the certificates that are served are valid. */
    public Validity validity() {
        return Validity.of(chainFile, serving.chain());
    }

    /**
     * When the certificates in a folder are valid; null if there are none.
     *
     * @throws IOException if they cannot be read: the message is one sentence that says what to do
     */
    public static @Nullable Validity validity(Path folder) throws IOException {
        Path file = chainFile(folder);
        return Files.notExists(file) ? null : Validity.of(file, TlsPair.certificates(file));
    }

    /**
     * Reads the files, whether they were replaced or not.
     *
     * @return what serves them from then on
     * @throws IOException if they cannot be used: the message is one sentence that says what to do
     */
    public Runnable read() throws IOException {
        List<State> now = states();
        TlsPair pair = TlsPair.load(keyFile, chainFile);
        String fingerprint = Certificate.of(pair.chain().getFirst()).fingerprint();
        return () -> take(now, pair, fingerprint);
    }

    private synchronized void take(List<State> state, TlsPair pair, String fingerprint) {
        boolean isNew = !pair.chain().equals(serving.chain());
        seen = state;
        serving = pair;
        if (isNew) {
            log.info("TLS certificate reloaded: {}", fingerprint);
        }
    }

    /** Takes the files if they were replaced and match. */
    public synchronized void refresh() {
        List<State> now = states();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            read().run();
        } catch (IOException e) {
            log.warn("TLS certificate not reloaded, the old one stays in use: {}", e.getMessage());
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

    /** Gives each handshake the pair that is served at that moment. */
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
            return serving.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return serving.key();
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
            String own = serving.key().getAlgorithm(); // RSA, EC or EdDSA
            return keyType.equals(own) || (own.equals("RSA") && keyType.equals("RSASSA-PSS"))
                    ? ALIAS
                    : null;
        }
    }
}
