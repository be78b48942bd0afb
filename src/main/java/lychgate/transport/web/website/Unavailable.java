package lychgate.transport.web.website;

import lychgate.http.PlainText;
import lychgate.http.Sha256;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The answer while the game's web server gives none: 503, as a page that reloads itself until it is
 * back, or as JSON or plain text for programs that prefer these.
 */
final class Unavailable {
    /** Seconds after which to try again; a restart of the game takes about as long. */
    private static final int RETRY_SECONDS = 5;

    private static final String STYLE =
            """
            :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
            body { max-width: 34rem; margin: 15vh auto; padding: 0 1.2rem; }
            h1 { font-size: 1.6rem; }
            """;

    private static final String RELOADS =
            "\n<meta http-equiv=\"refresh\" content=\"" + RETRY_SECONDS + "\">";

    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-"
                    + sha256(STYLE)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private Unavailable() {}

    /** Why there is no answer. */
    enum Why {
        /** The game's web server cannot be reached, or broke off. */
        AWAY("Back in a moment", "The game's website does not answer. It may be restarting."),
        /** Too many requests are under way. */
        BUSY("One moment, please", "The game's website has too much to do.");

        private final String title;
        private final String words;

        Why(String title, String words) {
            this.title = title;
            this.words = words;
        }
    }

    /** Answers a request. */
    static void answer(Why why, Request request, Response response, Callback callback) {
        boolean isRead = HttpMethod.GET.is(request.getMethod()) || isHead(request);
        String next =
                isRead
                        ? "This page reloads itself every " + RETRY_SECONDS + " seconds."
                        : "What you sent has not arrived: go back and send it again in a moment.";
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        switch (preferred(request)) {
            case HTML -> {
                headers.put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
                headers.put("Content-Security-Policy", POLICY);
                String page = page(why.title, why.words + " " + next, isRead ? RELOADS : "");
                write(page, response, callback);
            }
            case JSON -> {
                headers.put(HttpHeader.CONTENT_TYPE, "application/json");
                write("{\"error\":\"" + why.words + "\"}\n", response, callback);
            }
            case TEXT -> {
                headers.put(HttpHeader.CONTENT_TYPE, PlainText.TYPE);
                write(why.words + "\n", response, callback);
            }
        }
    }

    private static String page(String title, String words, String reloads) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">%s
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <h1>%s</h1>
        <p>%s</p>
        <p><a href="/play/">Play</a> works meanwhile: players stay connected.</p>
        </body>
        </html>
        """
                .formatted(reloads, title, STYLE, title, words);
    }

    private static void write(String text, Response response, Callback callback) {
        Content.Sink.write(response, true, text, callback);
    }

    private static boolean isHead(Request request) {
        return HttpMethod.HEAD.is(request.getMethod());
    }

    private enum Form {
        HTML,
        JSON,
        TEXT
    }

    /** The first of the three that the client accepts; browsers begin with HTML. */
    private static Form preferred(Request request) {
        for (String type : request.getHeaders().getQualityCSV(HttpHeader.ACCEPT)) {
            if (type.startsWith("text/html") || type.startsWith("application/xhtml")) {
                return Form.HTML;
            }
            if (type.startsWith("application/json") || type.startsWith("text/json")) {
                return Form.JSON;
            }
            if (type.startsWith("text/plain")) {
                return Form.TEXT;
            }
        }
        return Form.HTML;
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
