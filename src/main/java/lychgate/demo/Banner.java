package lychgate.demo;

import lychgate.files.WrittenFile;
import lychgate.text.Markup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The login screen, which an operator may change while the game goes on. Any thread may ask. */
public final class Banner {
    private final Path file;
    private volatile Markup now = Markup.of("");

    /**
     * @param file if it does not exist, the built-in screen is shown
     */
    public Banner(Path file) {
        this.file = file;
    }

    /** What is shown now. */
    Markup now() {
        return now;
    }

    /**
     * Reads the file.
     *
     * @return what shows it to those who come from then on
     * @throws IOException if it has a mistake: the message says where, and what to do
     */
    public Runnable read() throws IOException {
        Markup next = content();
        return () -> now = next;
    }

    private Markup content() throws IOException {
        try {
            return Markup.trusted(WrittenFile.text(file).stripTrailing());
        } catch (NoSuchFileException e) {
            try (InputStream own = Banner.class.getResourceAsStream("banner.txt")) {
                if (own == null) {
                    throw new IllegalStateException("the banner is part of the program", e);
                }
                String words = new String(own.readAllBytes(), StandardCharsets.UTF_8);
                return Markup.trusted(words.stripTrailing());
            }
        } catch (IOException e) {
            throw new IOException(
                    "The login screen " + e.getMessage() + ", or remove the file.", e);
        }
    }
}
