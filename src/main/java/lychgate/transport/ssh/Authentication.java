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
 * Who gets in, and who has proven what. The login itself is the game's: SSH's own methods let
 * everybody through to its login screen, by an interactive dialogue without a question; or, without
 * {@code ssh.passwordless}, those who have a listed key.
 *
 * <p>A key proves that its holder is the account that it is listed for, and nothing if he gives
 * another name.
 */
final class Authentication {
    /** Longest name that is shown in logs and to the game. */
    private static final int MAX_NAME = 64;

    private final AuthorizedKeys keys;
    private final boolean passwordless;

    /**
     * How somebody got in.
     *
     * @param claim who he says he is; null where he gives no name
     * @param method how: a key and its fingerprint, or the name alone
     */
    record Identity(@Nullable Claim claim, String method) {}

    /**
     * @param passwordless whether those without a listed key are let in
     */
    Authentication(AuthorizedKeys keys, boolean passwordless) {
        this.keys = keys;
        this.passwordless = passwordless;
    }

    /** Makes it the server's. */
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

    /** How the client of a session got in, which it has. */
    Identity identify(ServerSession session) {
        keys.refresh(); // whose key can never work is never asked for it: the log says why
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
            return List.of(); // nobody is trusted to vouch for others
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

    /** An interactive dialogue (RFC 4256) in which nothing is asked. */
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

    /** Public keys, of which not too many may be offered. */
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
