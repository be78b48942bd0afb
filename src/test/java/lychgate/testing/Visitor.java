package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A client of a {@link RunningGame}: types lines, and takes the output since the last look.
 *
 * <p>What it is shown is written down without colours: the words of a text; {@code prompt} and the
 * words of a prompt; any other command as JSON. Options stand behind: {@code prompt Name?
 * {echo=false}}.
 */
public final class Visitor {
    /** The usual prompt, as it is written down. */
    public static final String PROMPT = "prompt > ";

    private static final String PROMPTS = "prompt ";

    private final RunningGame game;
    private final long id;
    private int seen;

    Visitor(RunningGame game, long id) {
        this.game = game;
        this.id = id;
    }

    /** The number of its session. */
    public long id() {
        return id;
    }

    /** Types lines, all before the game can answer one of them. */
    public Visitor types(String... lines) {
        List<CommandTuple> commands = new ArrayList<>();
        for (String line : lines) {
            commands.add(CommandTuple.text(line));
        }
        game.handler().dataIn(id, commands);
        return this;
    }

    /** Sends a command out-of-band. */
    public Visitor sends(CommandTuple command) {
        game.handler().dataIn(id, List.of(command));
        return this;
    }

    /** Sends a command without keyword arguments out-of-band. */
    public Visitor sends(String name, @Nullable Object... args) {
        return sends(CommandTuple.of(name, args));
    }

    /** Exactly this is shown next; whatever comes behind it is for the next look. */
    public Visitor sees(String... expected) {
        assertEquals(List.of(expected), next(expected.length));
        return this;
    }

    /** Nothing is shown, though the game has done all that it had to do. */
    public Visitor seesNothing() {
        game.rest();
        assertEquals(List.of(), shown().subList(seen, shown().size()));
        return this;
    }

    /** The next that it is shown. */
    public String next() {
        return next(1).getFirst();
    }

    /** What a line is answered: all until the prompt, which must be the usual one. */
    public List<String> asks(String line) {
        types(line);
        List<String> answer = untilPrompt();
        assertEquals(PROMPT, answer.getLast());
        return answer.subList(0, answer.size() - 1);
    }

    /** All that it is shown next, until some prompt, which is the last of it. */
    public List<String> untilPrompt() {
        int prompt =
                game.portal()
                        .await(
                                "a prompt for " + id,
                                _ -> {
                                    List<String> shown = shown();
                                    for (int i = seen; i < shown.size(); i++) {
                                        if (shown.get(i).startsWith(PROMPTS)) {
                                            return i;
                                        }
                                    }
                                    return null;
                                });
        return next(prompt + 1 - seen);
    }

    /** The next commands as they were sent, markup and all. */
    public List<CommandTuple> takes(int count) {
        List<CommandTuple> commands =
                game.portal()
                        .await(
                                count + " commands for " + id,
                                portal -> {
                                    List<CommandTuple> all = portal.commands(id);
                                    return all.size() < seen + count
                                            ? null
                                            : all.subList(seen, seen + count);
                                });
        seen += count;
        return commands;
    }

    /** All that has been shown is forgotten. */
    public Visitor looksAway() {
        game.rest();
        seen = shown().size();
        return this;
    }

    /** Does not keep up with reading, or does again. */
    public Visitor reads(boolean keepsUp) {
        game.handler().writable(id, keepsUp);
        return this;
    }

    /** The connection is lost. */
    public void goes() {
        game.handler().disconnected(id, "connection closed");
    }

    /** The game ends the session; gives its last word. */
    public String lastWord() {
        return game.portal()
                .await(
                        "the end of " + id,
                        portal ->
                                portal.told(id).stream()
                                        .filter(RecordingPortalSide.Ended.class::isInstance)
                                        .map(RecordingPortalSide.Ended.class::cast)
                                        .map(ended -> plain(ended.reason()))
                                        .findFirst()
                                        .orElse(null));
    }

    private List<String> next(int count) {
        return takes(count).stream().map(Visitor::written).toList();
    }

    private List<String> shown() {
        return game.portal().commands(id).stream().map(Visitor::written).toList();
    }

    private static String written(CommandTuple command) {
        return switch (Output.of(command)) {
            case Output.Text(String markup, OutputOptions options) ->
                    plain(markup) + written(options);
            case Output.Prompt(String markup, OutputOptions options) ->
                    PROMPTS + plain(markup) + written(options);
            case Output.Oob(CommandTuple oob) -> Json.write(oob);
        };
    }

    private static String written(OutputOptions options) {
        Map<String, Boolean> table = options.table();
        return table.isEmpty() ? "" : " " + table;
    }

    private static String plain(String markup) {
        return Renderer.render(markup, RenderStyle.PLAIN);
    }
}
