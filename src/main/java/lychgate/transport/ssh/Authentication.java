package lychgate.transport.ssh;

import lychgate.keys.AuthorizedKeys;
import lychgate.session.Claim;
import lychgate.text.ControlCharacters;

import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * SSH user authentication. The login itself is up to the game: everybody reaches its login screen,
 * through keyboard-interactive without prompts; or, without {@code ssh.passwordless}, only clients
 * with an authorized key.
 *
 * <p>An authorized key proves the account for which it is listed, but only if the user name is that
 * account's.
 */
final class Authentication {
    /** Maximum length of a user name passed to the game and logged. */
    private static final int MAX_NAME = 64;

    private final AuthorizedKeys keys;
    private final boolean passwordless;

    /**
     * How a client authenticated.
     *
     * @param claim the account it claims; null if it gave no name
     * @param method for the log: the key's fingerprint, or that there was none
     */
    record Identity(@Nullable Claim claim, String method) {}

    /**
     * @param passwordless whether clients without an authorized key are accepted
     */
    Authentication(AuthorizedKeys keys, boolean passwordless) {
        this.keys = keys;
        this.passwordless = passwordless;
    }

    /** Installs this authentication in a server. */
    void apply(SshServer server) {
        List<UserAuthFactory> methods = new ArrayList<>();
        methods.add(new CountedPublicKeyFactory());
        server.setPublickeyAuthenticator((_, key, session) -> !accounts(key, session).isEmpty());
        if (passwordless) {
            methods.add(UserAuthKeyboardInteractiveFactory.INSTANCE);
            server.setKeyboardInteractiveAuthenticator(new NoPrompts());
        }
        server.setUserAuthFactories(methods);
    }

    /** How the client of an authenticated session authenticated. */
    Identity identify(ServerSession session) {
        keys.refresh(); // so that the log explains a key that never works
        String name = clean(session.getUsername());
        if (name.isBlank()) {
            return new Identity(null, "no name");
        }
        List<PublicKey> proven = session.getAttribute(UserAuthPublicKey.AUTHENTICATED_KEYS);
        if (proven == null || proven.isEmpty()) {
            return new Identity(new Claim(name, false), "no key");
        }
        PublicKey key = proven.getLast();
        boolean own = accounts(key, session).stream().anyMatch(name::equalsIgnoreCase);
        return new Identity(
                new Claim(name, own), "key " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }

    private List<String> accounts(PublicKey key, ServerSession session) {
        if (key instanceof OpenSshCertificate) {
            return List.of(); // no certificate authority is trusted
        }
        ByteArrayBuffer blob = new ByteArrayBuffer();
        blob.putRawPublicKey(key);
        return keys.accounts(blob.getCompactData(), Connection.of(session).address());
    }

    private static String clean(String name) {
        String clean = ControlCharacters.removed(name, false);
        return clean.length() > MAX_NAME ? clean.substring(0, MAX_NAME) : clean;
    }

    private static boolean disconnectTooMany(ServerSession session, String what)
            throws IOException {
        session.disconnect(
                SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                "Too many " + what + ".");
        return false;
    }

    /** Keyboard-interactive (RFC 4256) without prompts. */
    private static final class NoPrompts implements KeyboardInteractiveAuthenticator {
        @Override
        public InteractiveChallenge generateChallenge(
                ServerSession session, String username, String lang, String subMethods) {
            InteractiveChallenge challenge = new InteractiveChallenge();
            challenge.setInteractionName("");
            challenge.setInteractionInstruction("");
            challenge.setLanguageTag("");
            return challenge;
        }

        @Override
        public boolean authenticate(ServerSession session, String username, List<String> responses)
                throws IOException {
            if (!Connection.of(session).attempts().attempt()) {
                return disconnectTooMany(session, "answers");
            }
            return responses.isEmpty();
        }
    }

    /** Public key authentication with limited offers and attempts. */
    private static final class CountedPublicKey extends UserAuthPublicKey {
        CountedPublicKey(List<NamedFactory<Signature>> signatures) {
            super(signatures);
        }

        @Override
        public Boolean doAuth(Buffer buffer, boolean init) throws Exception {
            boolean signed = buffer.array()[buffer.rpos()] != 0; // RFC 4252, 7: the first field
            ServerSession session = getServerSession();
            Attempts attempts = Connection.of(session).attempts();
            if (signed && !attempts.attempt()) {
                return disconnectTooMany(session, "wrong signatures");
            }
            if (!signed && !attempts.offer()) {
                return disconnectTooMany(
                        session, "keys: name the right one (ssh -o IdentitiesOnly=yes -i)");
            }
            return super.doAuth(buffer, init);
        }
    }

    private static final class CountedPublicKeyFactory extends UserAuthPublicKeyFactory {
        @Override
        public UserAuthPublicKey createUserAuth(ServerSession session) {
            return new CountedPublicKey(Policy.signatures());
        }
    }
}
