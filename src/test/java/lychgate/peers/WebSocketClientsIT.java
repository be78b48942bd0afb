package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Other people's WebSocket clients: Python's {@code websockets}. */
class WebSocketClientsIT {
    private static final int PATIENCE_SECONDS = 60;

    /** Prints what it finds, a line each. Compression is offered by default. */
    private static final String PLAYS =
            """
            import asyncio, json, sys
            from websockets.asyncio.client import connect
            from websockets.exceptions import ConnectionClosed

            async def main(port):
                async with connect(f'ws://127.0.0.1:{port}/ws', subprotocols=['v1.evennia.com']) as ws:
                    arrived = 0
                    receive = ws.protocol.receive_data
                    def counted(data):
                        nonlocal arrived
                        arrived += len(data)
                        receive(data)
                    ws.protocol.receive_data = counted
                    print('speaks', ws.subprotocol)
                    print('extensions', [each.name for each in ws.protocol.extensions])
                    async def types(line, until):
                        await ws.send(json.dumps(['text', [line], {}]))
                        size, text = 0, ''
                        while until not in text:
                            text = await asyncio.wait_for(ws.recv(), 20)
                            size += len(text)
                        return size
                    await types('guest', 'Exits')
                    await asyncio.wait_for(await ws.ping(b'are you there?'), 20)
                    print('ping is answered')
                    arrived = 0
                    size = await types('lines 300 200', '300 xxx')
                    print('compressed' if arrived < size / 3 else 'as it is')
                    await ws.send(json.dumps(['text', ['quit'], {}]))
                    try:
                        while True:
                            await asyncio.wait_for(ws.recv(), 20)
                    except ConnectionClosed as end:
                        print('closed', end.rcvd.code)
                ws = await connect(f'ws://127.0.0.1:{port}/ws', subprotocols=['v1.evennia.com'])
                await ws.close(3001, 'bye')
                print('answered', ws.close_code)

            asyncio.run(main(sys.argv[1]))
            """;

    @Test
    @RequiresPeer("python-with-websockets")
    void pythonsWebsocketsPlays() throws Exception {
        assertEquals(expected("[]", "as it is"), plays("web.compression=false"));
    }

    @Test
    @RequiresPeer("python-with-websockets")
    void whatPythonsWebsocketsIsSentIsCompressedIfThatIsConfigured() throws Exception {
        assertEquals(
                expected("['permessage-deflate']", "compressed"), plays("web.compression=true"));
    }

    private static String expected(String extensions, String how) {
        return """
        speaks v1.evennia.com
        extensions %s
        ping is answered
        %s
        closed 1000
        answered 3001
        """
                .formatted(extensions, how);
    }

    private static String plays(String setting) throws Exception {
        try (Distribution portal = Distribution.inNewHome()) {
            portal.set(setting).start();
            Process client =
                    new ProcessBuilder(
                                    Programs.path("python-with-websockets"),
                                    "-c",
                                    PLAYS,
                                    Integer.toString(portal.port("web")))
                            .redirectErrorStream(true)
                            .start();
            try (var out = client.getInputStream()) {
                String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return said;
            } finally {
                client.destroyForcibly();
            }
        }
    }
}
