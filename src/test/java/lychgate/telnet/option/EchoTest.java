package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class EchoTest {
    private final RecordingLink link = new RecordingLink(new Echo());

    @Test
    void hidingWhatIsTypedSaysThatWeEcho() {
        link.send(new Outbound.Echo(false)).did("WILL", "hidden");
        link.send(new Outbound.Echo(true)).did("WONT", "shown");
    }

    @Test
    void terminalThatAsksForItIsEchoed() {
        link.enable(Side.US).did("echoing");
        link.disable(Side.US).did("no longer echoing");
    }

    @Test
    void echoThatTheClientAskedForStaysOnWhileAPasswordIsHidden() {
        link.enable(Side.US).did("echoing");
        link.send(new Outbound.Echo(false)).did("hidden");
        link.send(new Outbound.Echo(true)).did("shown");
    }

    @Test
    void hidingWhatIsTypedEchoesNothing() {
        link.send(new Outbound.Echo(false)).did("WILL", "hidden");
        link.enable(Side.US).did();
        link.send(new Outbound.Echo(true)).did("WONT", "shown");
        link.disable(Side.US).did();
    }
}
