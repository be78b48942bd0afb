package lychgate.telnet.option;

import org.junit.jupiter.api.Test;

class EchoTest {
    private final RecordingLink link = new RecordingLink(new Echo());

    @Test
    void hidingWhatIsTypedSaysThatWeEcho() {
        link.send(new Outbound.Echo(false)).did("WILL", "hidden");
        link.send(new Outbound.Echo(true)).did("WONT", "shown");
    }
}
