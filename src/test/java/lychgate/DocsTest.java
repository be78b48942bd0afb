package lychgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages say is what the code does, as far as a machine can tell. */
class DocsTest {
    private static final Pattern QUOTED =
            Pattern.compile("```java (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|[a-z]IT))`");
    private static final Pattern SETTING =
            Pattern.compile("^(?:\\[(\\S+)]|([a-z_]+) = (.*))$", Pattern.MULTILINE);

    @Test
    void codeOnThePagesIsTheCodeThatIsCompiled() throws IOException {
        int quotes = 0;
        for (Path page : pages()) {
            Matcher quote = QUOTED.matcher(Files.readString(page));
            while (quote.find()) {
                quotes++;
                String file = Files.readString(Path.of(quote.group(1)));
                assertTrue(
                        file.contains(quote.group(2)),
                        () -> page + " quotes what is not in " + quote.group(1));
            }
        }
        assertTrue(quotes > 0, "no code is quoted");
    }

    @Test
    void linksBetweenPagesLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page + " -> " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void testsThatThePagesNameAreThere() throws IOException {
        Set<String> known;
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            known =
                    sources.map(source -> source.getFileName().toString().replace(".java", ""))
                            .collect(Collectors.toSet());
        }
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Matcher test = TEST.matcher(Files.readString(page));
            while (test.find()) {
                if (!known.contains(test.group(1))) {
                    missing.add(page + " names " + test.group(1));
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everySettingOfTheShippedFileIsExplainedWithItsDefault() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        List<String> missing = new ArrayList<>();
        String section = "";
        Matcher line = SETTING.matcher(Files.readString(Path.of("etc/lychgate.toml")));
        while (line.find()) {
            if (line.group(1) != null) {
                section = line.group(1);
                continue;
            }
            int from = page.indexOf("## `[" + section + "]`");
            int to = from < 0 ? -1 : page.indexOf("\n## ", from + 1);
            String part = from < 0 ? "" : page.substring(from, to < 0 ? page.length() : to);
            if (!part.contains("| `" + line.group(2) + "` | `" + line.group(3) + "`")) {
                missing.add(section + "." + line.group(2) + " = " + line.group(3));
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }
}
