package lychgate.transport.telnet;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A web browser that has come to the wrong door. */
final class StrayHttp {
    /** The first line of a request (RFC 9112, section 3), or of HTTP/2's preface. */
    private static final Pattern REQUEST =
            Pattern.compile("[A-Z]{3,16} \\S{1,8000} HTTP/[0-9.]{1,3}");

    private StrayHttp() {}

    /** Whether a line is one that only HTTP begins with. */
    static boolean begins(String line) {
        return REQUEST.matcher(line).matches();
    }

    /** What is answered. */
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
