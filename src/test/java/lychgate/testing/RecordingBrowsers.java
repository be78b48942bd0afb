package lychgate.testing;

import lychgate.session.Browser;
import lychgate.session.BrowserLogins;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A website that knows the browsers that it is told of, and remembers what it hears. */
public final class RecordingBrowsers implements BrowserLogins {
    private final Map<String, Browser> known = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Knows a browser from now on. */
    public void knows(Browser browser) {
        known.put(browser.csessid(), browser);
    }

    /** What it was told, in order. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Answers on another thread, as the real one does. */
    @Override
    public void find(String csessid, Consumer<@Nullable Browser> then) {
        Thread.ofVirtual().start(() -> then.accept(known.get(csessid)));
    }

    @Override
    public void loggedIn(Browser browser, long uid) {
        heard.add(browser.csessid() + " logged in as " + uid);
    }

    @Override
    public void left(Browser browser) {
        heard.add(browser.csessid() + " left");
    }
}
