package lychgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the documentation against the code. */
class DocsTest {
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");
    private static final Pattern QUOTED =
            Pattern.compile("```(?:java|html|xml) (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern SECTION_LINK = Pattern.compile("]\\(([^)#:\\s]*)#([^)\\s]+)\\)");
    private static final Pattern NAMED_SETTING =
            Pattern.compile("`([a-z]+(?:\\.[a-z_]+)+)(?: = [^`]*)?`");
    private static final Pattern ANY_SETTING =
            Pattern.compile("^#? ?(?:\\[(\\S+)]|([a-z_]+) = .*)$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|[a-z]IT))`");
    private static final Pattern LOGGER = Pattern.compile("<logger name=\"(lychgate\\.[\\w.]+)\"");
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

    /** A logger that is switched off, or on, by a name that no class has does nothing. */
    @Test
    void loggersInTheLogSettingsAreClasses() throws IOException {
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (String file : List.of("src/main/resources/logback.xml", "etc/logback.xml")) {
            Matcher logger = LOGGER.matcher(Files.readString(Path.of(file)));
            while (logger.find()) {
                named++;
                Path source = Path.of("src/main/java", logger.group(1).replace('.', '/') + ".java");
                if (!Files.exists(source)) {
                    unknown.add(file + ": " + logger.group(1));
                }
            }
        }
        assertTrue(named > 0, "no logger is named");
        assertEquals(List.of(), unknown);
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
    void linksToSectionsLeadToHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        int sections = 0;
        for (Path page : pages()) {
            Matcher link = SECTION_LINK.matcher(Files.readString(page));
            while (link.find()) {
                sections++;
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (!Files.exists(target) || !headings(target).contains(link.group(2))) {
                    broken.add(page + " -> " + link.group(1) + "#" + link.group(2));
                }
            }
        }
        assertTrue(sections > 20, "no link to a section");
        assertEquals(List.of(), broken);
    }

    /** As GitHub makes addresses of headings. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void settingsThatThePagesNameAreThere() throws IOException {
        Set<String> sections = new HashSet<>();
        Set<String> known = new HashSet<>();
        String section = "";
        Matcher line = ANY_SETTING.matcher(Files.readString(Path.of("etc/lychgate.toml")));
        while (line.find()) {
            if (line.group(1) != null) {
                section = line.group(1);
                sections.add(section);
            } else {
                known.add(section + "." + line.group(2));
            }
        }
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            Matcher setting = NAMED_SETTING.matcher(Files.readString(page));
            while (setting.find()) {
                String name = setting.group(1);
                String of = name.substring(0, name.lastIndexOf('.'));
                if (sections.contains(of) && !sections.contains(name) && !isOther(name)) {
                    named++;
                    if (!known.contains(name)) {
                        unknown.add(page + " names " + name);
                    }
                }
            }
        }
        assertTrue(named > 50, "no setting is named");
        assertEquals(List.of(), unknown);
    }

    /** Whether it looks like a setting and is a package or the admin socket. */
    private static boolean isOther(String name) {
        return name.equals("admin.sock")
                || Files.isDirectory(Path.of("src/main/java/lychgate", name.replace('.', '/')));
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

    @Test
    void everyLimitNamesTheClassThatEnforcesIt() throws IOException {
        String table = sectionOf(ARCHITECTURE, "### Which class enforces each key of `[limits]`");
        List<String> keys =
                Stream.of(Limits.class.getRecordComponents())
                        .map(limit -> limit.getName().replaceAll("([A-Z])", "_$1"))
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
        assertEquals(keys, rows(table).stream().map(row -> row.get(1).replace("`", "")).toList());
        assertEquals(List.of(), withoutAClass(rows(table), 2));
    }

    @Test
    void everyBoundNamesTheClassThatEnforcesIt() throws IOException {
        String table = sectionOf(ARCHITECTURE, "## When somebody is too slow");
        assertTrue(rows(table).size() > 30, "no table of bounds");
        assertEquals(List.of(), withoutAClass(rows(table), 4));
    }

    /** The rows whose column names no class, or one that is not there. */
    private static List<String> withoutAClass(List<List<String>> rows, int column)
            throws IOException {
        Set<String> classes;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            classes =
                    sources.map(source -> source.getFileName().toString().replace(".java", ""))
                            .collect(Collectors.toSet());
        }
        List<String> without = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> named =
                    row.size() <= column
                            ? List.of()
                            : CLASS.matcher(row.get(column))
                                    .results()
                                    .map(c -> c.group(1))
                                    .toList();
            if (named.isEmpty() || !classes.containsAll(named)) {
                without.add(String.join("|", row));
            }
        }
        return without;
    }

    /** The cells of a table's rows; the first is what stands before the first bar: nothing. */
    private static List<List<String>> rows(String table) {
        return table.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    /** A section up to the next heading. */
    private static String sectionOf(Path page, String heading) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf("\n" + heading + "\n");
        assertTrue(from >= 0, () -> page + " has no section " + heading);
        int start = from + heading.length() + 1;
        int to = text.indexOf("\n#", start);
        return text.substring(start, to < 0 ? text.length() : to);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }
}
