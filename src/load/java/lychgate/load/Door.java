package lychgate.load;

import lychgate.peers.Distribution;

import org.apache.sshd.client.SshClient;

import java.io.IOException;

/** The ways into a portal. */
enum Door {
    TELNET,
    TELNET_TLS,
    SSH,
    WEBSOCKET,
    RETURNING_WEBSOCKET,
    AJAX;

    /** Opens a session that has seen the login screen. */
    Visitor open(Distribution portal, SshClient ssh, String from)
            throws IOException, InterruptedException {
        return switch (this) {
            case TELNET -> greeted(Visitor.OverTelnet.plain(portal.port("telnet"), from));
            case TELNET_TLS -> greeted(Visitor.OverTelnet.tls(portal.port("telnet-tls"), from));
            case SSH -> Visitor.OverSsh.open(ssh, portal.port("ssh"), from);
            case WEBSOCKET -> {
                WebWire wire = new WebWire(portal.port("web"), from, 0).open();
                wire.send(WebWire.frame(WebWire.TEXT, "[\"client_options\",[],{}]"));
                yield greeted(new Visitor.OverWebSocket(wire));
            }
            case RETURNING_WEBSOCKET -> new Visitor.OverWebSocket(returned(portal, from));
            case AJAX -> greeted(Visitor.OverAjax.begin(new WebWire(portal.port("web"), from, 0)));
        };
    }

    private static Visitor greeted(Visitor visitor) throws IOException, InterruptedException {
        visitor.awaits("guest");
        return visitor;
    }

    /** A client that has lost its connection and is back. */
    private static WebWire returned(Distribution portal, String from) throws IOException {
        String token;
        try (WebWire lost = new WebWire(portal.port("web"), from, 0).open()) {
            token = lost.tokenOfGreeted("{\"resume\":true}");
        }
        WebWire wire = new WebWire(portal.port("web"), from, 0).open();
        wire.send(WebWire.session("{\"resume\":\"" + token + "\",\"ack\":0}"));
        wire.await("\"resumed\":true");
        return wire;
    }
}
