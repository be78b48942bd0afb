package lychgate.nats;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * A user of a NATS server with decentralised accounts.
 *
 * @param credentials the user's {@code .creds} file
 * @param config that makes a server take the user
 */
record IssuedUser(Path credentials, String config) {
    /** Makes an operator, an account and a user. */
    static IssuedUser in(Path folder) throws IOException, GeneralSecurityException {
        NKey operator = NKey.createOperator(null);
        NKey account = NKey.createAccount(null);
        NKey user = NKey.createUser(null);
        String accountKey = new String(account.getPublicKey());
        String operatorJwt =
                jwt(
                        operator,
                        new String(operator.getPublicKey()),
                        "{\"type\":\"operator\",\"version\":2}");
        String accountJwt =
                jwt(
                        operator,
                        accountKey,
                        "{\"type\":\"account\",\"version\":2,\"limits\":{\"subs\":-1,\"data\":-1,"
                                + "\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,"
                                + "\"conn\":-1,\"leaf\":-1}}");
        String userJwt =
                JwtUtils.issueUserJWT(account, accountKey, new String(user.getPublicKey()));
        Path file =
                Files.createFile(
                        folder.resolve("portal.creds"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(userJwt, new String(user.getSeed())));
        return new IssuedUser(
                file,
                "operator: %s\nresolver: MEMORY\nresolver_preload: { %s: %s }\n"
                        .formatted(operatorJwt, accountKey, accountJwt));
    }

    private static String jwt(NKey by, String of, String claim)
            throws IOException, GeneralSecurityException {
        return JwtUtils.issueJWT(
                by,
                of,
                "test",
                null,
                JwtUtils.currentTimeSeconds(),
                new String(by.getPublicKey()),
                () -> claim);
    }
}
