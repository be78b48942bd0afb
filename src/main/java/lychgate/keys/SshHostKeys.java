package lychgate.keys;

import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The SSH host keys: {@code ssh_host_ed25519_key} and {@code ssh_host_rsa_key} in {@code etc/ssh/},
 * in OpenSSH's format, each with its {@code .pub} beside. Generated where they are missing, and
 * changed only by {@link #rotate}: a client that knows another key warns its user and refuses to
 * connect.
 */
public final class SshHostKeys {
    private static final String COMMENT = "lychgate";

    /** Timeout for another process that generates keys: far longer than it takes. */
    private static final Duration OTHERS = Duration.ofMinutes(1);

    static {
        // Else SSHD makes Bouncy Castle a provider of the whole JVM when it is first used, and TLS
        // would be handed EC keys of it, which the JDK's TLS does not take.
        System.setProperty("org.apache.sshd.security.provider.BC.useNamed", "false");
    }

    private SshHostKeys() {}

    /** The key types that are offered. */
    private enum Kind {
        ED25519("ssh_host_ed25519_key", KeyPairProvider.SSH_ED25519, 256),
        RSA("ssh_host_rsa_key", KeyPairProvider.SSH_RSA, 3072);

        private final String file;
        private final String type;
        private final int bits;

        Kind(String file, String type, int bits) {
            this.file = file;
            this.type = type;
            this.bits = bits;
        }

        Path in(Path folder) {
            return folder.resolve(file);
        }

        /** Whether generating one takes too long to wait for it. */
        boolean isSlow() {
            return this == RSA;
        }
    }

    /**
     * The keys of a folder; missing ones are generated.
     *
     * @throws IOException if one cannot be used: the message is one sentence that says what to do
     */
    public static List<KeyPair> open(Path folder) throws IOException {
        PrivateFile.makeFolder(folder);
        List<KeyPair> pairs = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Path file = kind.in(folder);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                write(kind, folder, generate(kind));
            }
            pairs.add(read(kind, folder));
        }
        return pairs;
    }

    /** Whether a folder has all keys. */
    static boolean areAllIn(Path folder) {
        return Stream.of(Kind.values())
                .allMatch(kind -> Files.exists(kind.in(folder), LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * The keys of a folder; missing ones are generated unless that takes long.
     *
     * @throws IOException if one cannot be used: the message is one sentence that says what to do
     */
    static List<KeyPair> openAtOnce(Path folder) throws IOException {
        List<KeyPair> pairs = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean missing = Files.notExists(kind.in(folder), LinkOption.NOFOLLOW_LINKS);
            if (missing && !kind.isSlow()) {
                write(kind, folder, generate(kind));
            }
            if (!missing || !kind.isSlow()) {
                pairs.add(read(kind, folder));
            }
        }
        return pairs;
    }

    /**
     * Waits for the right to generate keys in a folder.
     *
     * @throws IOException if it cannot be taken: the message is one sentence
     */
    static KeyMaking making(Path folder) throws IOException {
        KeyMaking making;
        try {
            making = KeyMaking.await(folder, OTHERS);
        } catch (IOException e) {
            throw new IOException(PrivateFile.cannot(Kind.RSA.in(folder), "written", e), e);
        }
        if (making == null) {
            throw new IOException(
                    "another process makes keys in " + folder + " and does not end: end it.");
        }
        return making;
    }

    /** Waits until no keys are being generated in a folder, or until the timeout. */
    public static void awaitMaking(Path folder) throws IOException {
        KeyMaking.awaitEnd(folder, OTHERS);
    }

    /** The keys that are in a folder. */
    public static List<HostKey> list(Path folder) throws IOException {
        List<HostKey> keys = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (Files.exists(kind.in(folder), LinkOption.NOFOLLOW_LINKS)) {
                KeyPair pair = read(kind, folder);
                keys.add(
                        new HostKey(
                                kind == Kind.RSA
                                        ? KeyUtils.getKeySize(pair.getPublic())
                                        : kind.bits,
                                fingerprint(pair),
                                comment(kind.in(folder)),
                                kind.name()));
            }
        }
        return keys;
    }

    /** Generates new keys; the old files are renamed to end with the time. */
    public static void rotate(Path folder, Instant now) throws IOException {
        PrivateFile.makeFolder(folder);
        try (KeyMaking _ = making(folder)) {
            replace(folder, now);
        }
    }

    private static void replace(Path folder, Instant now) throws IOException {
        for (Kind kind : Kind.values()) {
            for (Path file : List.of(kind.in(folder), publicFile(kind.in(folder)))) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    String old = file.getFileName() + "." + now.getEpochSecond();
                    Files.move(file, file.resolveSibling(old), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            write(kind, folder, generate(kind));
        }
    }

    private static KeyPair read(Kind kind, Path folder) throws IOException {
        Path file = kind.in(folder);
        PrivateFile.check(file);
        KeyPair pair = load(file);
        String type = KeyUtils.getKeyType(pair);
        if (!kind.type.equals(type)) {
            throw new IOException(
                    file
                            + " holds a key of type "
                            + type
                            + ", and must hold one of type "
                            + kind.type
                            + ": put it there, or remove the file, and one is generated.");
        }
        return pair;
    }

    /** The one private key in a file, whatever else is in it. */
    private static KeyPair load(Path file) throws IOException {
        List<PemFile.Block> keys =
                PemFile.read(file).blocks().stream().filter(PemFile.Block::isPrivateKey).toList();
        if (keys.size() > 1) {
            throw new IOException(
                    file + " holds " + keys.size() + " private keys: leave one of them there.");
        }
        try {
            if (!keys.isEmpty() && isLocked(keys.getFirst())) {
                throw new IOException(
                        file
                                + " is locked with a password, and nobody is there to type it: take"
                                + " it off (ssh-keygen -p -f "
                                + file.getFileName()
                                + ").");
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(notAKey(file), e);
        }
        String pem = keys.isEmpty() ? "" : keys.getFirst().pem();
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1))) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName(file.toString()),
                            in,
                            FilePasswordProvider.EMPTY);
            Iterator<KeyPair> found =
                    pairs == null ? List.<KeyPair>of().iterator() : pairs.iterator();
            if (found.hasNext()) {
                return found.next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException(notAKey(file), e);
        }
        throw new IOException(notAKey(file));
    }

    /** In OpenSSH's own format, the first field after the magic says so (PROTOCOL.key). */
    private static boolean isLocked(PemFile.Block key) {
        if (!key.label().startsWith("OPENSSH")) {
            return key.isEncrypted();
        }
        byte[] open = "openssh-key-v1\0\0\0\0\4none".getBytes(StandardCharsets.US_ASCII);
        byte[] content = key.content();
        return content.length > open.length
                && !Arrays.equals(open, 0, open.length, content, 0, open.length);
    }

    private static String notAKey(Path file) {
        return file
                + " does not hold a private SSH key without a password: put it there, or remove the"
                + " file, and one is generated.";
    }

    /** Generates the key that takes long: seconds, on a busy machine. */
    static KeyPair generateSlow() throws IOException {
        return generate(Kind.RSA);
    }

    /** Writes a key; returns the one that is there if another process has written one. */
    static KeyPair writeSlow(Path folder, KeyPair made) throws IOException {
        if (Files.notExists(Kind.RSA.in(folder), LinkOption.NOFOLLOW_LINKS)) {
            write(Kind.RSA, folder, made);
        }
        return read(Kind.RSA, folder);
    }

    /** A fingerprint as SSH clients show it. */
    static String fingerprint(KeyPair pair) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
    }

    private static KeyPair generate(Kind kind) throws IOException {
        try {
            return switch (kind) {
                case ED25519 -> KeyUtils.generateKeyPair(kind.type, kind.bits);
                case RSA -> { // by the JDK, which takes half as long as Bouncy Castle
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(kind.bits);
                    yield generator.generateKeyPair();
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IOException("the SSH key cannot be generated: " + e.getMessage(), e);
        }
    }

    private static void write(Kind kind, Path folder, KeyPair pair) throws IOException {
        try {
            ByteArrayOutputStream key = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, COMMENT, null, key);
            String shown = PublicKeyEntry.toString(pair.getPublic()) + " " + COMMENT + "\n";
            PrivateFile.write(
                    publicFile(kind.in(folder)), shown.getBytes(StandardCharsets.US_ASCII));
            PrivateFile.write(kind.in(folder), key.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("the SSH key cannot be generated: " + e.getMessage(), e);
        }
    }

    /** The comment in the public file; without one, what ssh-keygen prints instead. */
    private static String comment(Path file) throws IOException {
        Path shown = publicFile(file);
        String[] words =
                Files.exists(shown)
                        ? Files.readString(shown).strip().split("\\s+", 3)
                        : new String[0];
        return words.length < 3 ? "no comment" : words[2];
    }

    private static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }
}
