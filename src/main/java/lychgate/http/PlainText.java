package lychgate.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers in plain text that end the connection. */
public final class PlainText {
    /** The media type. */
    public static final String TYPE = "text/plain; charset=utf-8";

    private PlainText() {}

    /** Answers a request, and closes the connection: what follows may be the request's body. */
    public static void end(int status, String text, Response response, Callback callback) {
        response.setStatus(status);
        write(text, response, callback);
    }

    /** Answers an invalid request with the name of its status: a handler of errors for Jetty. */
    public static boolean refuse(Request request, Response response, Callback callback) {
        write(HttpStatus.getMessage(response.getStatus()) + "\n", response, callback);
        return true;
    }

    private static void write(String text, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        Content.Sink.write(response, true, text, callback);
    }
}
