package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's WebSocket clients: Python's {@code websockets}, telnetlib3, telix. */
class WebSocketClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** Telnetlib3's client, whose bytes are carried by binary messages. */
    private static final String SPEAKS_TELNET =
            """
            import asyncio, sys
            from telnetlib3.client import TelnetClient
            from websockets.asyncio.client import connect

            FACTS = ['width: 91 (NAWS)', 'height: 33 (NAWS)', 'client: telnetlib3',
                     'terminal: xterm-256color', 'charset: UTF-8 (CHARSET)', 'gmcp: true (GMCP)',
                     'eor: true (EOR)', '(TIMING-MARK)', 'transport: websocket (connection)']

            class Messages(asyncio.Transport):
                def __init__(self):
                    super().__init__({'peername': ('127.0.0.1', 0)})
                    self.queue = asyncio.Queue()
                    self.over = False
                def write(self, data):
                    self.queue.put_nowait(bytes(data))
                def is_closing(self):
                    return self.over
                def close(self):
                    self.over = True
                def get_write_buffer_size(self):
                    return 0

            class Client(TelnetClient):
                def on_gmcp(self, package, data):
                    if package == 'Room.Info':
                        print('is in', data['name'])

            async def plays(reader, writer):
                said = ''
                async def until(words):
                    nonlocal said
                    while words not in said:
                        said += await asyncio.wait_for(reader.read(4096), 20)
                    before, _, said = said.partition(words)
                    return before + words
                async def types(line, words):
                    writer.write(line + '\\r\\n')
                    return await until(words)
                await until('create NAME')
                await types('guest', 'Exits: ')
                await types('echo grüße 漢字', 'grüße 漢字')
                print('plays')
                known = ''
                while not all(fact in known for fact in FACTS):
                    known = await types('options', 'transport: websocket (connection)')
                print('agrees')
                await types('quit', 'Farewell!')

            async def main(port, name):
                async with connect(f'ws://127.0.0.1:{port}/ws', subprotocols=[name]) as ws:
                    print('speaks', ws.subprotocol)
                    messages = Messages()
                    client = Client(shell=plays, term='xterm-256color', cols=91, rows=33)
                    client.connection_made(messages)
                    async def sends():
                        while True:
                            await ws.send(await messages.queue.get())
                    sending = asyncio.create_task(sends())
                    async for message in ws:
                        client.data_received(message)
                    sending.cancel()
                    print('closed', ws.close_code)

            asyncio.run(asyncio.wait_for(main(*sys.argv[1:]), 50))
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

    @ParameterizedTest
    @RequiresPeer({"python-with-websockets", "telnetlib3-client"})
    @ValueSource(strings = {"telnet.mudstandards.org", "binary"})
    void telnetlib3NegotiatesAndPlays(String subprotocol) throws Exception {
        try (Distribution portal = Distribution.inNewHome()) {
            portal.start();
            assertEquals(
                    """
                    speaks %s
                    is in The Lychgate
                    plays
                    agrees
                    closed 1000
                    """
                            .formatted(subprotocol),
                    says(SPEAKS_TELNET, webPort(portal), subprotocol));
        }
    }

    @Test
    @RequiresPeer({"telix", "tmux"})
    void telixPlays() throws Exception {
        try (Distribution portal = Distribution.inNewHome()) {
            portal.start();
            String url = "ws://127.0.0.1:" + webPort(portal) + "/ws";
            try (Terminal telix =
                    Terminal.run("HOME=" + portal.home(), Programs.path("telix"), url)) {
                Wait.until(
                        "telix connects", PATIENCE, () -> telix.screen().contains("create NAME"));
                telix.type("guest").expect("Exits: north");
                telix.type("say grüße 漢字").expect("You say, \"grüße 漢字\"");
                telix.type("options").expect("gmcp: true (web)");
                telix.expect("[gmcp.mudstandards.org]");
                telix.type("quit").expect("(the program has ended)");
            }
        }
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
            return says(PLAYS, webPort(portal));
        }
    }

    private static String webPort(Distribution portal) {
        return Integer.toString(portal.port("web"));
    }

    /** What a program in Python prints. */
    private static String says(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Programs.path("python-with-websockets"), "-c", program));
        command.addAll(List.of(arguments));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = client.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return said;
        } finally {
            client.destroyForcibly();
        }
    }
}
