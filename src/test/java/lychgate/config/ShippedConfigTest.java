package lychgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration file that comes with Lychgate. */
class ShippedConfigTest {
    private static final Path SHIPPED = Path.of("etc/lychgate.toml");
    private static final Pattern SECTION = Pattern.compile("\\[([a-z.]+)]");

    /** A key; one that is not set by default stands in a comment. */
    private static final Pattern KEY = Pattern.compile("(?:# ?)?([a-z_]+) = .*");

    @Test
    void shippedFileIsReadAsTheDefaults() throws ConfigException {
        assertEquals(read(Path.of("no such file")), read(SHIPPED));
    }

    @Test
    void shippedFileMentionsEveryKeyThatThereIs() throws IOException {
        Sources nothing = new Sources(Path.of("no such file"), Map.of(), Map.of());
        Mistakes mistakes = new Mistakes();
        SettingsReader reader = new SettingsReader(nothing, mistakes);
        ConfigReader.read(
                reader,
                new GameReader(reader, mistakes, GameClasses.NONE).read(),
                Map.of(),
                Map.of());
        assertEquals(new TreeSet<>(reader.keys()), mentioned());
    }

    private static Configuration read(Path file) throws ConfigException {
        return ConfigReader.read(new Sources(file, Map.of(), Map.of()), Map.of());
    }

    private static Set<String> mentioned() throws IOException {
        Set<String> keys = new TreeSet<>();
        String section = "";
        for (String line : Files.readAllLines(SHIPPED)) {
            Matcher heading = SECTION.matcher(line);
            Matcher key = KEY.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (key.matches()) {
                keys.add(section + "." + key.group(1));
            }
        }
        return keys;
    }
}
