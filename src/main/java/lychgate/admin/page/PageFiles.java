package lychgate.admin.page;

import lychgate.http.PlainText;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The page's own files, in memory. */
final class PageFiles {
    private static final String FOLDER = "/lychgate/admin/";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("index.html", "text/html; charset=utf-8"),
                    Map.entry("login.html", "text/html; charset=utf-8"),
                    Map.entry("style.css", "text/css; charset=utf-8"),
                    Map.entry("app.js", "text/javascript; charset=utf-8"),
                    Map.entry("login.js", "text/javascript; charset=utf-8"),
                    Map.entry("portal.js", "text/javascript; charset=utf-8"),
                    Map.entry("dom.js", "text/javascript; charset=utf-8"),
                    Map.entry("realm.js", "text/javascript; charset=utf-8"),
                    Map.entry("sessions.js", "text/javascript; charset=utf-8"),
                    Map.entry("sparkline.js", "text/javascript; charset=utf-8"),
                    Map.entry("icon.svg", "image/svg+xml"));

    /** As for the players' page, but nobody may frame this one. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'";

    private final Map<String, byte[]> files = new HashMap<>();

    PageFiles() {
        for (String name : TYPES.keySet()) {
            try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is part of the program");
                }
                files.put(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("the page's files cannot be read", e);
            }
        }
    }

    /** Answers with a file. */
    void send(String name, Response response, Callback callback) {
        byte[] file = files.get(name);
        if (file == null) {
            PlainText.end(HttpStatus.NOT_FOUND_404, "not found\n", response, callback);
            return;
        }
        headers(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPES.getOrDefault(name, ""));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.length);
        response.write(true, ByteBuffer.wrap(file), callback);
    }

    /** What holds for everything that the page is answered. */
    static void headers(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Content-Security-Policy", POLICY);
    }
}
