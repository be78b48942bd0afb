package lychgate.transport.telnet;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Detects and answers an HTTP request on the telnet port. */
final class StrayHttp {
    /** The first line of a request (RFC 9112, section 3), or of HTTP/2's preface. */
    private static final Pattern REQUEST =
            Pattern.compile("[A-Z]{3,16} \\S{1,8000} HTTP/[0-9.]{1,3}");

    private StrayHttp() {}

    /** Whether the line is an HTTP request line. */
    static boolean begins(String line) {
        return REQUEST.matcher(line).matches();
    }

    /** The response, which names the web port. */
    static byte[] answer(OptionalInt webPort) {
        String words =
                webPort.isPresent()
                        ? "This is a telnet port. The web page is on port " + webPort.getAsInt()
                        : "This is a telnet port, and there is no web page";
        String body = words + ".\r\n";
        String head =
                "HTTP/1.1 400 Bad Request\r\n"
                        + "Content-Type: text/plain; charset=us-ascii\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\nConnection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
