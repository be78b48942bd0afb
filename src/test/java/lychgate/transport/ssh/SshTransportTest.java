package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.transport.SendQueue;

import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.future.KeyExchangeFuture;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

class SshTransportTest {
    private ListeningSsh ssh = new ListeningSsh();

    @AfterEach
    void close() {
        ssh.close();
    }

    // Getting in.

    @Test
    void everyNameComesInWithoutAQuestion() throws Exception {
        ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
    }

    @Test
    void listedKeyIsProofOfItsAccount() throws Exception {
        KeyPair key = key();
        ssh.lets(key, "Rowan");
        ssh.peer("rowan", key).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=true]", "1 settled");
    }

    @Test
    void characterSetThatTheGameSetsIsSpokenAtOnceBothWays() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        ssh.game().says(1, ClientFacts.NONE.with(Fact.CHARSET, "latin-1", "game"));
        ssh.game().text(1, "gr\u00fc\u00dfe");
        peer.sees("gr\ufffd\ufffde").types("\u00fc\n"); // as UTF-8, which the client sends still
        ssh.game().hears("1 text \u00c3\u00bc");
    }

    @Test
    void keyGivesNoMoreThanItsAccount() throws Exception {
        KeyPair key = key();
        ssh.lets(key, "rowan");
        ssh.peer("alder", key).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=alder, proven=false]", "1 settled");
    }

    @Test
    void unknownKeyLeadsToTheLoginScreen() throws Exception {
        ssh.lets(key(), "rowan");
        ssh.peer("rowan", key()).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
    }

    @Test
    void wrongSignatureIsNoProof() throws Exception {
        KeyPair listed = key();
        ssh.lets(listed, "rowan");
        KeyPair stolen = new KeyPair(listed.getPublic(), key().getPrivate());
        ssh.peer("rowan", stolen).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
    }

    @Test
    void withoutPasswordlessOnlyListedKeysGetIn() throws Exception {
        ssh.close();
        ssh = new ListeningSsh(RecordingPortal.ROOMY, false);
        KeyPair listed = key();
        ssh.lets(listed, "rowan");
        KeyPair stolen = new KeyPair(listed.getPublic(), key().getPrivate());
        for (SshPeer refused :
                List.of(ssh.peer("rowan"), ssh.peer("rowan", key()), ssh.peer("rowan", stolen))) {
            assertThrows(SshException.class, refused::authenticates);
        }
        ssh.peer("rowan", listed).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=true]", "1 settled");
    }

    @Test
    void whoOffersTooManyKeysIsToldSo() throws Exception {
        KeyPair[] keys = new KeyPair[Attempts.MAX_OFFERS + 1];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key();
        }
        SshException end =
                assertThrows(SshException.class, () -> ssh.peer("rowan", keys).authenticates());
        assertTrue(String.valueOf(end.getMessage()).contains("Too many keys"), end.getMessage());
    }

    @Test
    void keysThatAreOfferedAreNoTries() throws Exception {
        KeyPair[] keys = new KeyPair[Attempts.MAX_OFFERS];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key();
        }
        ssh.lets(keys[keys.length - 1], "rowan");
        ssh.peer("rowan", keys).authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=true]", "1 settled");
    }

    @Test
    void nameIsShownWithoutItsControls() throws Exception {
        ssh.peer("ro\u001b[31mwan\n" + "x".repeat(100)).authenticates().opensPipe();
        ssh.game()
                .hears(
                        "1 connected Claim[account=ro[31mwan" + "x".repeat(55) + ", proven=false]",
                        "1 settled");
    }

    // What is spoken.

    @Test
    void keyExchangeIsPostQuantumFirst() {
        for (BuiltinDHFactories each : Policy.KEY_EXCHANGES) {
            assertTrue(each.isSupported(), each.getName());
        }
        SshPeer peer = ssh.peer("rowan");
        Await.until(
                "post-quantum first",
                () ->
                        peer.session()
                                .getServerKexProposals()
                                .getOrDefault(KexProposalOption.ALGORITHMS, "")
                                .startsWith("mlkem768x25519-sha256,sntrup761x25519-sha512,"));
        assertEquals("SSH-2.0-Lychgate", peer.session().getServerVersion());
    }

    @Test
    void onlyAShellIsOffered() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates();
        for (ClientChannel channel :
                List.of(
                        peer.session().createExecChannel("id"),
                        peer.session().createSubsystemChannel("sftp"))) {
            ByteArrayOutputStream error = new ByteArrayOutputStream();
            channel.setErr(error);
            channel.open().verify(10, TimeUnit.SECONDS);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 10_000);
            assertNull(channel.getExitStatus());
            assertTrue(error.toString(StandardCharsets.US_ASCII).contains("is not offered here"));
        }
        SshException refused =
                assertThrows(
                        SshException.class,
                        () ->
                                peer.session()
                                        .createDirectTcpipChannel(
                                                new SshdSocketAddress("localhost", 0),
                                                new SshdSocketAddress("localhost", 22))
                                        .open()
                                        .verify(10, TimeUnit.SECONDS));
        assertTrue(String.valueOf(refused.getMessage()).contains("direct-tcpip"));
        assertThrows(
                SshException.class,
                () ->
                        peer.session()
                                .startRemotePortForwarding(
                                        new SshdSocketAddress("localhost", 0),
                                        new SshdSocketAddress("localhost", 22)));
    }

    @Test
    void connectionHasTwoShellsAtMost() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe().opensPipe();
        assertThrows(IOException.class, peer::opensPipe);
        ssh.game().awaits("2 settled");
    }

    // Playing.

    @Test
    void linesGoInAndWordsComeOut() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm-256color", 80, 24);
        peer.types("say héllo\r");
        ssh.game().awaits("1 text say héllo");
        ssh.game().text(1, "|rA bell|n\nrings.");
        peer.sees("A bell\u001b[0m\r\nrings.");
        ssh.game().prompt(1, "> ");
        peer.sees("> ");
    }

    @Test
    void passwordIsNotShown() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().awaits("1 settled");
        ssh.game().send(1, CommandTuple.PROMPT, "Password: ", false);
        peer.sees("Password: ").types("secret\r");
        ssh.game().awaits("1 text secret");
        peer.sees("******\r\n");
        assertFalse(peer.seen().contains("secret"));
    }

    @Test
    void windowAndItsChangesAreKnown() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("tmux", 101, 31);
        ssh.game().awaits("1 settled");
        assertTrue(
                ssh.portal()
                        .facts(1)
                        .toString()
                        .startsWith("[width: 101 (pty), height: 31 (pty), client: "),
                ssh.portal().facts(1).toString());
        peer.shell().sendWindowChange(120, 40);
        Await.until("width", () -> ssh.portal().facts(1).width() == 120);
    }

    @Test
    void textIsWrappedAtTheWidthOfTheWindow() throws Exception {
        String words = "The quick brown fox jumps over the lazy dog.";
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 20, 24);
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        ssh.game().text(1, words);
        peer.sees("The quick brown fox\r\njumps over the lazy\r\ndog.\r\n");
        peer.shell().sendWindowChange(30, 24);
        Await.until("width", () -> ssh.portal().facts(1).width() == 30);
        ssh.game().text(1, words);
        peer.sees("The quick brown fox jumps over\r\nthe lazy dog.\r\n");
    }

    @Test
    void dumbTerminalIsWrappedToo() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("dumb", 10, 24);
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        ssh.game().text(1, "|rone two three|n");
        peer.sees("one two\r\nthree\r\n");
        assertFalse(peer.seen().contains("\u001b"), peer.seen());
    }

    @Test
    void typedLineIsNotDrawnAgainForAScreenReader() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        ssh.game().says(1, ClientFacts.NONE.with(Fact.SCREENREADER, true, "game"));
        ssh.game().text(1, "one");
        peer.sees("one\r\n");
        int before = peer.seenBytes();
        peer.types("he\u001b[Dl").sees("hel");
        ssh.game().text(1, "|rtwo|n");
        peer.types("p\r").sees("two\r\np\r\n");
        ssh.game().awaits("1 text help");
        assertEquals("hel\r\ntwo\r\np\r\n", peer.seen().substring(before));
    }

    /** A line that is being typed is not lost when the way of typing changes. */
    @Test
    void typingChangesBetweenTwoLines() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        peer.types("he").sees("he");
        ssh.game().says(1, ClientFacts.NONE.with(Fact.SCREENREADER, true, "game"));
        ssh.game().text(1, "one");
        peer.sees("one\r\nhe").types("lp\r");
        ssh.game().awaits("1 text help");
        peer.sees("\u001b[?2004l");
        ssh.game().says(1, ClientFacts.NONE.with(Fact.SCREENREADER, false, "game"));
        Await.until("editing", () -> peer.seen().endsWith("\u001b[?2004h"));
    }

    @Test
    void withoutATerminalNothingIsWrapped() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().hears("1 connected Claim[account=rowan, proven=false]", "1 settled");
        String line = "many words ".repeat(30) + "end";
        ssh.game().text(1, line);
        peer.sees(line + "\n");
    }

    @Test
    void linksAreShownWhereTheTerminalIsKnownToShowThem() throws Exception {
        SshPeer kitty = ssh.peer("rowan").authenticates().opensTerminal("xterm-kitty", 80, 24);
        ssh.game().awaits("1 settled");
        SshPeer other = ssh.peer("hazel").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().awaits("2 settled");
        ssh.game().text(1, "|luhttps://a.example/|ltrules|le.");
        ssh.game().text(2, "|luhttps://a.example/|ltrules|le.");
        kitty.sees("\u001b]8;;https://a.example/\u001b\\rules\u001b]8;;\u001b\\.");
        other.sees("rules (https://a.example/).");
        assertFalse(other.seen().contains("]8;"));
    }

    @Test
    void oddTerminalTypeStartsNoProcess() throws Exception {
        long before = ProcessHandle.current().children().count();
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("-A/etc;$(id)", 80, 24);
        peer.types("look\r");
        ssh.game().awaits("1 text look");
        assertEquals(before, ProcessHandle.current().children().count());
    }

    @Test
    void wordsOfTheGameAreCompleted() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().awaits("1 settled");
        ssh.game().send(1, CommandTuple.of("commands", "look", "north"));
        ssh.game().send(1, CommandTuple.of("char_vitals", 1));
        ssh.game().text(1, "ready");
        peer.sees("ready").types("no\t\r");
        ssh.game().awaits("1 text north ");
        Await.equal(1L, () -> ssh.meters().count("oob dropped"));
    }

    @Test
    void programsPlayWithoutATerminal() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        peer.types("one\ntwo\r\nthree");
        ssh.game().awaits("1 text two");
        ssh.game().text(1, "|rred|n");
        ssh.game().prompt(1, "> ");
        ssh.game().text(1, "more");
        peer.sees("red\n> \nmore\n").endsInput();
        ssh.game().awaits("1 text three");
        assertEquals(0, peer.exit());
        assertEquals("red\n> \nmore\n", peer.seen());
    }

    @Test
    void endOfInputOnAnEmptyLineLeaves() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        peer.types("\u0004");
        assertEquals(0, peer.exit());
        ssh.game().awaits("1 disconnected: ");
    }

    @Test
    void lastWordsAreSentBeforeTheEnd() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        ssh.game().awaits("1 settled");
        ssh.game().prompt(1, "> ");
        peer.sees("> ");
        ssh.game().disconnect(1, "Farewell!");
        assertEquals(0, peer.exit());
        assertTrue(peer.seen().endsWith("Farewell!\r\n"), peer.seen());
        peer.close();
        Await.until("the end", () -> ssh.transport().drained());
        assertEquals(0, ssh.portal().places());
    }

    @Test
    void answersToWhatWasSentAtOnceComeBeforeTheEnd() throws Exception {
        ssh.game()
                .onLine(
                        line -> {
                            ssh.game().text(1, "You said " + line);
                            if (line.equals("quit")) {
                                ssh.game().disconnect(1, "Farewell!");
                            }
                        });
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        peer.types("one\ntwo\nquit\n");
        assertEquals(0, peer.exit());
        assertEquals("You said one\nYou said two\nYou said quit\nFarewell!\n", peer.seen());
    }

    @Test
    void linesThatAreTooLongAreDropped() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensTerminal("xterm", 80, 24);
        peer.types("x".repeat(Limits.DEFAULT.lineLength() * 2 + 1) + "\rlook\r");
        ssh.game().awaits("1 text look");
        assertEquals(List.of("look"), ssh.game().lines());
        peer.sees("You entered a string that was too long.");
    }

    @Test
    void inputWaitsWhileTheGameIsBehind() throws Exception {
        ssh.game().neverConsumes();
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        Thread typing =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                peer.types("x\n".repeat(100_000));
                            } catch (IOException e) {
                                // the end of the test ends its waiting
                            }
                        });
        Await.until("lines", () -> ssh.game().lines().size() >= 64);
        Await.until("the window is full", () -> peer.shell().getRemoteWindow().getSize() == 0);
        int taken = ssh.game().lines().size();
        assertTrue(taken >= 64 && taken < 64 + 512, () -> taken + " lines");
        assertTrue(typing.isAlive());
    }

    // Load.

    @Test
    void rekeyingUnderLoadLosesNothing() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().awaits("1 settled");
        StringBuilder all = new StringBuilder();
        String filling = "x".repeat(1000);
        for (int rekey = 0; rekey < 32; rekey++) {
            StringBuilder batch = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                batch.append(rekey).append(' ').append(i).append(filling).append('\n');
            }
            all.append(batch);
            ssh.game().text(1, batch.toString());
            KeyExchangeFuture rekeyed = peer.session().reExchangeKeys();
            rekeyed.verify(20, TimeUnit.SECONDS);
            int sent = all.length();
            Await.until("bytes", () -> sent - peer.seenBytes() < Limits.WRITABLE_BYTES);
        }
        Await.equal(all.length(), peer::seenBytes);
        assertEquals(all.toString(), peer.seen());
    }

    @Test
    void clientThatDoesNotReadIsEnded() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().awaits("1 settled");
        ssh.game().text(1, "x");
        peer.sees("x");
        peer.session().getIoSession().suspendRead();
        String line = "x".repeat(16 * 1024);
        long oneMore = SendQueue.size(List.of(CommandTuple.text(line)));
        long encoded = line.length() + 16L; // with its end; before the line itself is released
        long bound = 8L * Limits.DEFAULT.unsentBytes() + oneMore + encoded;
        for (int i = 0; i < 1000 && ssh.game().told("disconnected:").isEmpty(); i++) {
            ssh.game().text(1, line);
            assertTrue(ssh.portal().unsent(1) <= bound);
        }
        ssh.game().awaits("1 disconnected: does not read");
        assertEquals(1, ssh.meters().count("refused unsent"));
    }

    @Test
    void silentClientIsAskedWhetherItIsThere() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().awaits("1 settled");
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(29));
        assertEquals(0, peer.asked());
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(31));
        Await.equal(1, peer::asked);
    }

    @Test
    void clientThatGivesNoAnswerIsGone() throws Exception {
        SshPeer peer = ssh.peer("rowan").authenticates().opensPipe();
        ssh.game().awaits("1 settled");
        peer.session().getIoSession().suspendRead();
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(119));
        assertEquals(0, ssh.meters().count("refused ssh_no_answer"));
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(121));
        ssh.game().awaits("1 disconnected: connection lost");
        assertEquals(1, ssh.meters().count("refused ssh_no_answer"));
    }

    @Test
    void connectionWithoutAShellIsEndedAfterAMinute() throws Exception {
        ssh.peer("rowan").authenticates();
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(59));
        assertEquals(1, ssh.portal().places());
        ssh.transport().tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(61));
        Await.equal(0, ssh.portal()::places);
        assertEquals(1, ssh.meters().count("refused ssh_no_shell"));
    }

    @Test
    void silentConnectionsKeepNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), ssh.port()));
            }
            ssh.peer("rowan").authenticates().opensPipe();
            ssh.game().awaits("1 settled");
            Await.until("few wait", () -> ssh.portal().places() <= SshConnections.MAX_WAITING + 1);
            assertTrue(ssh.meters().count("refused ssh_waiting") >= 99);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void refusedClientIsToldWhyAndSeesNoReset() throws Exception {
        ssh.portal().refuses("connections", "There is no room.");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ssh.port())) {
            socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    "There is no room.\r\n",
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertEquals(1, ssh.meters().count("refused connections"));
        ssh.game().hasHeardNothingMore();
    }

    private static KeyPair key() throws GeneralSecurityException {
        return KeyUtils.generateKeyPair("ssh-ed25519", 256);
    }
}
