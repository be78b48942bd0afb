package lychgate.transport.nats;

import lychgate.testing.EdgePortal;
import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;
import lychgate.transport.ssh.SshSessionContractTest;
import lychgate.transport.telnet.front.TelnetSessionContractTest;
import lychgate.transport.web.AjaxSessionContractTest;
import lychgate.transport.web.WebSocketSessionContractTest;

import org.junit.jupiter.api.Nested;

/**
 * A session whose client is connected to another portal is like any other, whatever its client
 * speaks: the whole way, from the client over the other portal and the bus to the game.
 */
final class RelayedSessionContractTest {

    /** The contract of a transport whose portal's game is at another portal. */
    interface Relayed extends SessionContract {
        /** The transport at the other portal. */
        SessionContract transport();

        @Override
        default Service listens(RecordingPortal game) {
            EdgePortal edge = new EdgePortal(game);
            return new RelayedService(edge, transport().listens(edge.portal()));
        }
    }

    private record RelayedService(EdgePortal edge, SessionContract.Service service)
            implements SessionContract.Service {
        @Override
        public SessionContract.Client connects() {
            return service.connects();
        }

        @Override
        public RecordingPortal portal(RecordingPortal game) {
            return edge.portal();
        }

        @Override
        public void close() {
            service.close();
            edge.close();
        }
    }

    @Nested
    final class OfTelnet implements Relayed {
        @Override
        public SessionContract transport() {
            return new TelnetSessionContractTest();
        }
    }

    @Nested
    final class OfSsh implements Relayed {
        @Override
        public SessionContract transport() {
            return new SshSessionContractTest();
        }
    }

    @Nested
    final class OfWebSocket implements Relayed {
        @Override
        public SessionContract transport() {
            return new WebSocketSessionContractTest();
        }
    }

    @Nested
    final class OfAjax implements Relayed {
        @Override
        public SessionContract transport() {
            return new AjaxSessionContractTest();
        }
    }
}
