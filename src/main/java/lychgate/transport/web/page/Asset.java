package lychgate.transport.web.page;

import lychgate.http.Sha256;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One of our files, in memory, as it is and gzipped. */
final class Asset {
    /** Bytes of the hash that names a version: chance never makes two alike. */
    private static final int ETAG_BYTES = 12;

    private static final Pattern ETAG = Pattern.compile("\"[^\"]*\"");
    private static final String GZIP = "gzip";

    private final String type;
    private final ByteBuffer plain;
    private final @Nullable ByteBuffer gzipped;
    private final String etag;

    Asset(String name, byte[] bytes) {
        type = MediaTypes.of(name);
        plain = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        byte[] smaller = MediaTypes.compressible(type) ? gzip(bytes) : bytes;
        gzipped =
                smaller.length < bytes.length ? ByteBuffer.wrap(smaller).asReadOnlyBuffer() : null;
        etag = "\"" + hash(bytes) + "\"";
    }

    /** Answers a GET or HEAD request. */
    void send(Request request, Response response, Callback callback) {
        HttpFields asked = request.getHeaders();
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, "W/" + etag); // weak: the same for both encodings
        headers.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        if (asked.getValuesList(HttpHeader.IF_NONE_MATCH).stream().anyMatch(this::names)) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
            return;
        }
        ByteBuffer body = plain;
        if (gzipped != null && asked.getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains(GZIP)) {
            headers.put(HttpHeader.CONTENT_ENCODING, GZIP);
            body = gzipped;
        }
        headers.put(HttpHeader.CONTENT_TYPE, type);
        headers.put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body.slice(), callback);
    }

    /** Whether a list of versions names this one; all comparisons are weak. */
    private boolean names(String versions) {
        return versions.strip().equals("*")
                || ETAG.matcher(versions).results().anyMatch(each -> each.group().equals(etag));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new Smallest(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Smallest extends GZIPOutputStream {
        Smallest(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static String hash(byte[] bytes) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.of(bytes), ETAG_BYTES));
    }
}
