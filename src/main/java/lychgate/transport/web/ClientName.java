package lychgate.transport.web;

import java.util.regex.Pattern;

/** The names that Evennia gives the clients of its web client, which games know. */
final class ClientName {
    private static final Pattern BROWSER = Pattern.compile("[A-Za-z0-9._ ()-]{1,40}");

    private ClientName() {}

    /**
     * The name of a client.
     *
     * @param browser what its page says it runs in
     * @param more stands behind it
     */
    static String of(String transport, String browser, String more) {
        boolean named = BROWSER.matcher(browser).matches();
        return "Evennia Webclient (%s%s%s)".formatted(transport, named ? ":" + browser : "", more);
    }
}
