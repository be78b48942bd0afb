package lychgate.transport.telnet.front;

import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

final class TlsSessionContractTest implements SessionContract {
    @Override
    public Service listens(RecordingPortal portal) {
        ListeningTelnet listening = ListeningTelnet.overTls(portal);
        return new Service() {
            @Override
            public Client connects() {
                return new TelnetSessionContractTest.Player(listening.secured());
            }

            @Override
            public void close() {
                listening.close();
            }
        };
    }
}
