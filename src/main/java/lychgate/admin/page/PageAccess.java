package lychgate.admin.page;

import lychgate.address.Source;
import lychgate.keys.PrivateFile;
import lychgate.session.Meters;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who may see the operator's page: with {@code admin.token_file} whoever shows the token, from
 * wherever; without, whoever is on this machine. The token is shown once and then stands for a
 * cookie, or comes with each request ({@code Authorization: Bearer}).
 */
public final class PageAccess {
    /** The shortest token: guessing one of these takes longer than anybody lives. */
    static final int MIN_TOKEN = 16;

    private static final Duration LOGIN = Duration.ofHours(12);
    private static final int MAX_LOGINS = 32;
    private static final int KEY_BYTES = 32;
    private static final String COOKIE = "lychgate-operator";
    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] token;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> logins = new LinkedHashMap<>(); // until when; guarded by this
    private final String orders = key();
    private final Guesses guesses;

    private PageAccess(byte @Nullable [] token, Meters meters, LongSupplier nanoTime) {
        this.token = token;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.guesses = new Guesses(nanoTime);
    }

    /**
     * Reads the token.
     *
     * @param file that holds it; null: only this machine may see the page
     * @throws IOException if it cannot be used: the message is one sentence
     */
    public static PageAccess of(@Nullable Path file, Meters meters, LongSupplier nanoTime)
            throws IOException {
        if (file == null) {
            return new PageAccess(null, meters, nanoTime);
        }
        if (!Files.isReadable(file)) {
            throw new IOException(
                    "admin.token_file: " + file + " cannot be read: write a token to it.");
        }
        PrivateFile.check(file);
        String token = Files.readString(file).strip();
        if (token.length() < MIN_TOKEN) {
            throw new IOException(
                    "admin.token_file: the token in "
                            + file
                            + " is too short: openssl rand -base64 24 makes a good one.");
        }
        return new PageAccess(token.getBytes(StandardCharsets.UTF_8), meters, nanoTime);
    }

    /** What a request may do. */
    enum Verdict {
        /** Everything. */
        ALLOWED,
        /** Nothing but show the token. */
        TOKEN,
        /** Nothing. */
        FORBIDDEN
    }

    /** What a request may do. */
    Verdict of(Request request) {
        if (token == null) {
            return isLocal(request) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
        }
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header != null && header.startsWith(BEARER)) {
            return accepts(request, header.substring(BEARER.length()))
                    ? Verdict.ALLOWED
                    : Verdict.TOKEN;
        }
        return Request.getCookies(request).stream()
                        .anyMatch(c -> c.getName().equals(COOKIE) && isLogin(c.getValue()))
                ? Verdict.ALLOWED
                : Verdict.TOKEN;
    }

    /** The cookie for a client that shows the token; null if it is another. */
    synchronized @Nullable String login(Request request, String shown) {
        if (!accepts(request, shown)) {
            return null;
        }
        String key = key();
        logins.put(key, nanoTime.getAsLong() + LOGIN.toNanos());
        if (logins.size() > MAX_LOGINS) {
            Iterator<String> oldest = logins.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return COOKIE
                + "="
                + key
                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                + LOGIN.toSeconds()
                + (request.isSecure() ? "; Secure" : "");
    }

    /**
     * Whether a request that changes something comes from our page: it shows what only a page of
     * this origin can have read, and no browser says that it comes from another.
     */
    boolean isFromThePage(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String shown = request.getHeaders().get("X-Lychgate-Token");
        return (origin == null
                        || origin.equals("http://" + host)
                        || origin.equals("https://" + host))
                && (site == null || site.equals("same-origin"))
                && shown != null
                && equal(orders.getBytes(StandardCharsets.UTF_8), shown);
    }

    /** What a page must show with an order. */
    String orderToken() {
        return orders;
    }

    /** The client's address, without a port. */
    static String address(Request request) {
        return Request.getRemoteAddr(request);
    }

    private static boolean isLocal(Request request) {
        SocketAddress from = request.getConnectionMetaData().getRemoteSocketAddress();
        return from instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }

    private synchronized boolean isLogin(String key) {
        long now = nanoTime.getAsLong();
        logins.values().removeIf(until -> until - now < 0);
        return logins.containsKey(key);
    }

    private boolean accepts(Request request, String shown) {
        Source from = Source.of(address(request));
        boolean right = token != null && guesses.areLeft(from) && equal(token, shown);
        if (!right) {
            guesses.wrong(from);
            meters.refused("admin_token");
        }
        return right;
    }

    private static boolean equal(byte[] own, String shown) {
        return MessageDigest.isEqual(own, shown.getBytes(StandardCharsets.UTF_8));
    }

    private String key() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
