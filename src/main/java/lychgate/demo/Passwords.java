package lychgate.demo;

import lychgate.server.Secret;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Hashes passwords with Argon2id (RFC 9106), in the strength that OWASP recommends: 19 MiB, two
 * passes. It takes a good part of a tenth of a second, so it is never done on the game thread.
 *
 * <p>The blocks of memory are used again: as garbage they would fill the whole heap while many log
 * in, and stay in the process long after.
 */
final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String SEPARATOR = "\\$";

    /** In the form of a hash, with its costs, but the hash of no password. */
    static final String OF_NOBODY = kept(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    /** Passwords that are hashed at a time in a game: there are two workers. */
    private static final int AT_A_TIME = 2;

    private final SecureRandom random = new SecureRandom();
    private final Argon2BytesGenerator.BlockPool blocks =
            new Argon2BytesGenerator.FixedBlockPool(AT_A_TIME * MEMORY_KIB); // of 1 KiB each

    /**
     * A hash to be kept, in the form that others write it too: {@code
     * $argon2id$v=19$m=…$SALT$HASH}.
     */
    String hash(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return kept(salt, argon2id(password, salt, MEMORY_KIB, PASSES));
    }

    /** Whether a password is the one that was hashed. */
    boolean matches(Secret password, String kept) {
        String[] parts = kept.split(SEPARATOR, -1);
        String[] costs = parts[3].split("[=,]", -1);
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] hash = Base64.getDecoder().decode(parts[5]);
        byte[] tried =
                argon2id(password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]));
        return MessageDigest.isEqual(hash, tried);
    }

    private static String kept(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + MEMORY_KIB
                + ",t="
                + PASSES
                + ",p=1$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    private byte[] argon2id(Secret password, byte[] salt, int memoryKib, int passes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(1)
                        .withSalt(salt)
                        .withBlockPool(blocks)
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.value().getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
