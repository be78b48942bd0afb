package lychgate.examples.rss;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a feed, if it has changed: bounded in size and in time. For one thread. */
final class Download implements AutoCloseable {
    /** Largest feed in bytes. */
    static final int MAX_BYTES = 2 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** How long a feed may take in all; a server may be slow, or send one byte a second. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final URI url;
    private final Duration whole;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL) // five of them, never to http
                    .build();
    private @Nullable String etag;
    private @Nullable String modified;

    Download(URI url) {
        this(url, WHOLE);
    }

    Download(URI url, Duration whole) {
        this.url = url;
        this.whole = whole;
    }

    /** The feed; null if it is as it was before. */
    byte @Nullable [] fetch() throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(whole)
                        .header("User-Agent", "Lychgate")
                        .header(
                                "Accept",
                                "application/rss+xml, application/atom+xml, text/xml, */*");
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        if (modified != null) {
            request.header("If-Modified-Since", modified);
        }
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == NOT_MODIFIED) {
            return null;
        }
        if (response.statusCode() != OK) {
            throw new IOException("the server answers " + response.statusCode());
        }
        etag = response.headers().firstValue("ETag").orElse(null);
        modified = response.headers().firstValue("Last-Modified").orElse(null);
        return response.body();
    }

    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            return coming.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("it takes longer than " + whole.toSeconds() + " s", e);
        } finally {
            coming.cancel(true); // closes the connection
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
