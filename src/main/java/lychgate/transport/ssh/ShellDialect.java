package lychgate.transport.ssh;

import lychgate.session.CharacterSetNames;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Feature;
import lychgate.session.Meters.Direction;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.Values;
import lychgate.terminal.LineHandler;
import lychgate.transport.Conversation;
import lychgate.transport.Dialect;
import lychgate.transport.TerminalTyping;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The dialect of a shell: a player's typing, with or without the line editor. {@link #received},
 * {@link #resized}, {@link #inputEnded} and {@link #gone} are called on SSHD's threads.
 */
final class ShellDialect implements Dialect, LineHandler {
    /**
     * After EOF, the session ends when there has been no output for this long; a login takes a
     * while to answer.
     */
    private static final Duration EOF_GRACE = Duration.ofSeconds(1);

    private static final String COMMANDS = "commands";

    private final ShellChannel channel;
    private final Connection connection;
    private final Conversation conversation;
    private final Client client;
    private final int maxLine;
    private TerminalTyping typing;
    private final ShellInput input = new ShellInput();
    private final AtomicReference<@Nullable Size> resized = new AtomicReference<>();
    private Size size;
    private Charset charset;
    private boolean edited;
    private boolean hidden;
    private boolean loggedIn;
    private List<String> completions = List.of();
    private boolean quiet;
    private boolean inputEnded;

    /** The latest window size. */
    private record Size(int columns, int rows) {}

    /**
     * @param maxLine maximum characters of a line
     */
    ShellDialect(
            ShellChannel channel,
            Connection connection,
            Client client,
            Conversation conversation,
            int maxLine) {
        this.channel = channel;
        this.connection = connection;
        this.conversation = conversation;
        this.client = client;
        this.maxLine = maxLine;
        this.size = new Size(client.columns(), client.rows());
        this.charset = client.charset();
        this.edited = client.editing();
        this.typing = typing(edited);
        conversation.tap().echoes(client.terminal() || client.editing());
        conversation
                .tap()
                .note(
                        true,
                        client.terminal()
                                ? "pty " + client.columns() + "x" + client.rows()
                                : "no pty");
    }

    private TerminalTyping typing(boolean editing) {
        TerminalTyping made =
                editing
                        ? TerminalTyping.edited(this, this::send, maxLine, size.columns, size.rows)
                        : TerminalTyping.plain(this, this::send, maxLine, client.terminal());
        made.use(charset);
        return made;
    }

    /**
     * Switches between the line editor and plain lines, for a screen reader, which would read the
     * line again whenever it is redrawn. Not while a line is being typed.
     */
    private void chooseTyping() {
        boolean wanted = client.editing() && !conversation.facts().is(Fact.SCREENREADER);
        if (wanted == edited || typing.hasUnfinishedLine()) {
            return;
        }
        typing.end();
        edited = wanted;
        typing = typing(edited);
        typing.hide(hidden);
        typing.offerCompletions(completions);
        if (loggedIn) {
            typing.loggedIn();
        }
        conversation.learned(Fact.COMPLETION, edited, Client.SSH);
    }

    // Events from SSHD, on one of its I/O threads.

    void received(byte[] bytes) {
        conversation.meters().bytes(Direction.IN, bytes.length);
        conversation.mailbox().input(() -> keep(bytes));
    }

    /** Resizes are not bounded by flow control, so only the latest is queued. */
    void resized(int columns, int rows) {
        Size size = new Size(Client.columns(columns), Client.rows(rows));
        if (resized.getAndSet(size) == null) {
            conversation.mailbox().input(this::resize);
        }
    }

    /**
     * The client has closed its side (EOF): its input is answered, then the session ends. Called at
     * the end of every channel, on any thread.
     */
    void inputEnded() {
        conversation.runUnlessOver(
                () -> {
                    inputEnded = true;
                    conversation.tap().note(true, "EOF");
                    conversation.processInputLater();
                    finishWhenQuiet();
                });
    }

    /** The channel is closed. */
    void gone() {
        conversation.mailbox().run(conversation::closed);
    }

    @Override
    public void closed() {
        input.clear();
        connection.closed(conversation);
    }

    // Input from the client.

    private void keep(byte[] bytes) {
        if (conversation.isOver()) {
            return;
        }
        boolean begins = input.isEmpty();
        input.add(bytes);
        conversation.bufferedInput(input.size());
        if (begins) {
            processInput();
        }
    }

    /** Other threads must not access the input, so this assumes that there is some. */
    @Override
    public boolean hasPendingInput() {
        return true;
    }

    /**
     * Processes one portion of input, unless the game or the client is behind, and schedules the
     * next. Until then the window throttles the client.
     */
    @Override
    public void processInput() {
        if (!conversation.mayProcessInput()) {
            return;
        }
        byte[] bytes = input.next();
        if (bytes == null) {
            if (inputEnded) {
                typing.inputEnded();
            }
            return;
        }
        conversation.bufferedInput(input.size());
        conversation.tap().typed(bytes);
        try {
            typing.received(bytes);
        } finally {
            conversation.tap().dealt();
        }
        chooseTyping(); // it may have been deferred until a line ended
        adjustWindow(bytes.length);
        if (!input.isEmpty() || inputEnded) {
            conversation.processInputLater();
        }
    }

    /** Opens the window by that much (SSH_MSG_CHANNEL_WINDOW_ADJUST). */
    private void adjustWindow(int bytes) {
        try {
            channel.getLocalWindow().release(bytes);
        } catch (IOException e) {
            connection.cut();
        }
    }

    private void resize() {
        Size latest = resized.getAndSet(null);
        if (latest != null) {
            size = latest;
            conversation.tap().note(true, "window " + size.columns + "x" + size.rows);
            typing.resize(size.columns, size.rows);
            conversation.learned(Fact.WIDTH, size.columns, Client.PTY);
            conversation.learned(Fact.HEIGHT, size.rows, Client.PTY);
        }
    }

    /** Ends the session once there is no more output. */
    private void finishWhenQuiet() {
        quiet = input.isEmpty();
        conversation.later(
                EOF_GRACE,
                () -> {
                    if (quiet) {
                        conversation.finish("");
                    } else {
                        finishWhenQuiet();
                    }
                });
    }

    @Override
    public void entered(String line) {
        conversation.entered(line);
    }

    @Override
    public void lineTooLong() {
        conversation.lineTooLong();
    }

    /** Queued, so that what was typed before is processed first. */
    @Override
    public void quit() {
        conversation.disconnect("");
    }

    @Override
    public List<Feature> features() {
        return List.of(
                new Feature(
                        "pty",
                        client.terminal(),
                        client.terminal() ? "requested" : "not requested (ssh -T)"),
                new Feature(
                        "line editing",
                        edited,
                        edited
                                ? "the terminal's cursor can be moved"
                                : "no such terminal (TERM), or a screen reader"),
                new Feature("out-of-band", false, "SSH has no place for it"));
    }

    @Override
    public boolean traces() {
        return true;
    }

    // Output from the game.

    @Override
    public void sendText(Output.Text text) {
        hide(text.options());
        typing.show(text.markup(), conversation.style(text.options()));
        conversation.meters().line(Direction.OUT);
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        hide(prompt.options());
        typing.prompt(
                prompt.markup(), conversation.style(prompt.options()), conversation.answered());
    }

    /**
     * Takes the words for completion; any other command is dropped, as a shell has no out-of-band
     * channel.
     */
    @Override
    public void sendDefault(CommandTuple command) {
        if (command.is(COMMANDS)) {
            completions = command.args().stream().map(Values::text).toList();
            typing.offerCompletions(completions);
        } else {
            conversation.meters().oobDropped();
        }
    }

    /** History starts here: before login, a line may contain a password. */
    @Override
    public void atLogin() {
        loggedIn = true;
        typing.loggedIn();
    }

    /** The game may change the character set, or switch to a screen reader, for the player. */
    @Override
    public void factsChanged(ClientFacts facts) {
        String name = facts.get(Fact.CHARSET);
        Charset declared = name == null ? null : CharacterSetNames.named(name);
        if (declared != null) {
            charset = declared;
            typing.use(declared);
        }
        chooseTyping();
    }

    @Override
    public void farewell(String reason) {
        typing.end();
        if (!reason.isEmpty()) {
            typing.show(reason, conversation.style(OutputOptions.NONE));
        }
    }

    private void hide(OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null) {
            hidden = !echo;
            typing.hide(hidden);
        }
    }

    private void send(byte[] bytes) {
        quiet = false;
        conversation.tap().shown(bytes);
        conversation.meters().bytes(Direction.OUT, bytes.length);
        conversation.send(bytes);
    }
}
