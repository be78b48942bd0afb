package lychgate.http;

import lychgate.plugin.Admission;

import org.eclipse.jetty.http.HttpStatus;

/** How a client that may not come in is told so over HTTP. */
public final class Refusal {
    private Refusal() {}

    /** The status: a ban is final, everything else is a matter of trying again. */
    public static int status(Admission.Refused why) {
        return why.reason().equals("banned")
                ? HttpStatus.FORBIDDEN_403
                : HttpStatus.SERVICE_UNAVAILABLE_503;
    }
}
