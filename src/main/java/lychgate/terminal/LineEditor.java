package lychgate.terminal;

import lychgate.characters.Graphemes;
import lychgate.terminal.Key.Command;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A line editor for a terminal: echoes and edits what is typed and passes each entered line to a
 * {@link LineHandler}; output meanwhile appears above the line. Emacs key bindings, as in shells,
 * with history, incremental search and completion. Not thread safe.
 */
public final class LineEditor implements LineInput {
    private static final String BRACKETED_PASTE_ON = "\u001b[?2004h";
    private static final String BRACKETED_PASTE_OFF = "\u001b[?2004l";
    private static final String BELL = "\u0007";

    /** Maximum length of a search term. */
    private static final int MAX_SEARCH = 100;

    /** Maximum number of completions listed. */
    private static final int MAX_LISTED = 100;

    private final LineHandler handler;
    private final EditedLine line;
    private final History history = new History();
    private final Screen screen;
    private final KeyDecoder keys = new KeyDecoder(this::pressed);
    private boolean remembering;
    private List<String> words = List.of();
    private String prompt = "";
    private String draft = "";
    private int recalled; // index of the recalled history line; the size means none
    private @Nullable Search search;
    private boolean ended;

    /** An incremental search in the history. */
    private static final class Search {
        private final StringBuilder term = new StringBuilder();
        private final String before;
        private boolean older;
        private boolean failing;
        private int at;

        Search(String before, int at, boolean older) {
            this.before = before;
            this.at = at;
            this.older = older;
        }
    }

    /**
     * @param maxLength maximum length of a line in UTF-16 chars
     * @param columns width of the window
     * @param rows height of the window
     */
    public LineEditor(LineHandler handler, int maxLength, int columns, int rows) {
        this.handler = handler;
        this.line = new EditedLine(maxLength);
        this.screen = new Screen(columns, rows);
        screen.control(BRACKETED_PASTE_ON);
    }

    @Override
    public String take() {
        return screen.take();
    }

    @Override
    public void typed(String characters) {
        characters
                .codePoints()
                .forEach(
                        codePoint -> {
                            if (!ended) {
                                keys.next(codePoint);
                            }
                        });
        if (!ended) {
            screen.update(line);
        }
    }

    /**
     * Shows a text, which may contain colour sequences, on lines of its own above the typed line.
     */
    @Override
    public void show(String text) {
        screen.erase();
        screen.write(text.endsWith("\n") ? text : text + "\n");
        screen.draw(line);
    }

    /** Changes the prompt, which may contain colour sequences. */
    @Override
    public void prompt(String text) {
        int lastLine = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\f')) + 1;
        screen.erase();
        screen.write(text.substring(0, lastLine));
        prompt = text.substring(lastLine).replace(BELL, "");
        if (lastLine + prompt.length() < text.length()) {
            screen.control(BELL); // once, not each time the prompt is redrawn
        }
        if (search == null) {
            screen.changePrompt(prompt);
        }
        screen.draw(line);
    }

    @Override
    public void hide(boolean now) {
        if (screen.masked() != now) {
            screen.erase();
            screen.mask(now);
            screen.draw(line);
        }
    }

    @Override
    public void keepHistory(boolean now) {
        remembering = now;
    }

    @Override
    public void offerCompletions(List<String> known) {
        words = List.copyOf(known);
    }

    @Override
    public void resize(int columns, int rows) {
        screen.resize(line, columns, rows);
    }

    @Override
    public boolean hasUnfinishedLine() {
        return !line.isEmpty();
    }

    /** Ends editing: erases line and prompt, and resets the terminal. */
    @Override
    public void end() {
        screen.erase();
        screen.control(BRACKETED_PASTE_OFF);
        screen.changePrompt("");
        line.replace("");
        ended = true;
    }

    private void pressed(Key key) {
        if (search != null && stillSearching(key, search)) {
            return;
        }
        switch (key) {
            case Key.Typed(int codePoint) -> bellUnless(line.insert(Character.toString(codePoint)));
            case Command command -> pressed(command);
        }
    }

    private void pressed(Command command) {
        switch (command) {
            case ENTER -> enter();
            case END_OF_INPUT -> {
                if (line.isEmpty()) {
                    handler.quit();
                } else {
                    line.delete(true);
                }
            }
            case INTERRUPT -> drop();
            case LEFT -> bellUnless(line.move(false));
            case RIGHT -> bellUnless(line.move(true));
            case WORD_LEFT -> line.moveWord(false);
            case WORD_RIGHT -> line.moveWord(true);
            case START -> line.moveToEnd(false);
            case END -> line.moveToEnd(true);
            case OLDER -> recall(recalled - 1);
            case NEWER -> recall(recalled + 1);
            case SEARCH_OLDER -> startSearch(true);
            case SEARCH_NEWER -> startSearch(false);
            case CANCEL -> {} // nothing to cancel
            case DELETE_LEFT -> bellUnless(line.delete(false));
            case DELETE_RIGHT -> bellUnless(line.delete(true));
            case KILL_WORD_LEFT -> line.killWord(false);
            case KILL_WORD_RIGHT -> line.killWord(true);
            case KILL_TO_START -> line.killToEnd(false);
            case KILL_TO_END -> line.killToEnd(true);
            case YANK -> bellUnless(line.yank());
            case SWAP -> bellUnless(line.swap());
            case COMPLETE -> complete();
            case REDRAW -> screen.clear(line);
        }
    }

    private void enter() {
        screen.leave(line, "");
        prompt = "";
        screen.changePrompt("");
        String entered = line.text().toString();
        boolean tooLong = line.tooLong();
        line.replace("");
        if (tooLong) {
            handler.lineTooLong();
        } else {
            if (remembering && !screen.masked()) {
                history.add(entered);
            }
            handler.entered(entered);
        }
        recalled = history.size();
        screen.draw(line);
    }

    /** Ctrl-C: discards the line and starts a new one below. */
    private void drop() {
        screen.leave(line, "^C");
        line.replace("");
        recalled = history.size();
        screen.draw(line);
    }

    private void recall(int index) {
        if (screen.masked() || index < 0 || index > history.size()) {
            bellUnless(false);
            return;
        }
        if (recalled == history.size()) {
            draft = line.text().toString();
        }
        recalled = index;
        line.replace(index == history.size() ? draft : history.get(index));
    }

    private void startSearch(boolean older) {
        if (screen.masked() || history.size() == 0) {
            bellUnless(false);
            return;
        }
        Search started = new Search(line.text().toString(), history.size(), older);
        search = started;
        showSearch(started);
    }

    /**
     * Returns whether the key belongs to the search; any other key ends the search and has its
     * usual effect.
     */
    private boolean stillSearching(Key key, Search current) {
        switch (key) {
            case Key.Typed(int codePoint) -> {
                if (current.term.length() < MAX_SEARCH) {
                    current.term.appendCodePoint(codePoint);
                    find(current, current.at);
                } else {
                    bellUnless(false);
                }
            }
            case Command.SEARCH_OLDER -> {
                current.older = true;
                find(current, current.at - 1);
            }
            case Command.SEARCH_NEWER -> {
                current.older = false;
                find(current, current.at + 1);
            }
            case Command.DELETE_LEFT -> {
                int length = current.term.length();
                if (length > 0) {
                    current.term.setLength(Graphemes.start(current.term, length));
                    find(current, history.size() - 1);
                }
            }
            case Command.CANCEL, Command.INTERRUPT -> {
                line.replace(current.before);
                endSearch();
            }
            default -> {
                recalled = Math.min(current.at, history.size());
                endSearch();
                return false;
            }
        }
        return true;
    }

    private void find(Search current, int from) {
        int begin = Math.min(from, history.size() - 1);
        Integer found =
                current.term.isEmpty()
                        ? null
                        : history.find(current.term.toString(), begin, current.older);
        current.failing = found == null && !current.term.isEmpty();
        if (found != null) {
            current.at = found;
            line.replace(history.get(found));
        } else {
            bellUnless(!current.failing);
        }
        showSearch(current);
    }

    private void showSearch(Search current) {
        screen.erase();
        screen.changePrompt(
                (current.failing ? "(not found: " : "(search: ") + current.term.toString() + ") ");
        screen.draw(line);
    }

    private void endSearch() {
        search = null;
        screen.erase();
        screen.changePrompt(prompt);
        screen.draw(line);
    }

    private void complete() {
        String typed = line.text().subSequence(0, line.cursor()).toString();
        SortedSet<String> fitting = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String word : words) {
            if (word.regionMatches(true, 0, typed, 0, typed.length())) {
                fitting.add(word);
            }
        }
        if (fitting.isEmpty() || screen.masked()) {
            bellUnless(false);
        } else if (fitting.size() == 1) {
            finishWord(typed, fitting.first() + " ");
        } else {
            String common = common(fitting.first(), fitting.last());
            if (common.length() > typed.length()) {
                finishWord(typed, common);
            } else {
                show(listed(fitting));
            }
        }
    }

    private void finishWord(String typed, String whole) {
        for (int i = 0; i < typed.length(); i++) {
            line.delete(false);
        }
        bellUnless(line.insert(whole));
    }

    /** The common prefix of two words, ignoring case. */
    private static String common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length())
                && one.regionMatches(true, length, other, length, 1)) {
            length++;
        }
        return one.substring(0, length);
    }

    private String listed(SortedSet<String> fitting) {
        StringBuilder list = new StringBuilder();
        int column = 0;
        for (String word : fitting.stream().limit(MAX_LISTED).toList()) {
            if (column > 0 && column + 2 + word.length() > screen.columns()) {
                list.append('\n');
                column = 0;
            } else if (column > 0) {
                list.append("  ");
                column += 2;
            }
            list.append(word);
            column += word.length();
        }
        return list.toString();
    }

    /** Rings the bell if a key had no effect. */
    private void bellUnless(boolean done) {
        if (!done) {
            screen.control(BELL);
        }
    }
}
