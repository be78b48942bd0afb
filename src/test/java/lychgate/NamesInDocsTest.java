package lychgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.cli.Main;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands, options and counters that the documentation names are there. */
class NamesInDocsTest {
    /** {@code `lychgate keys list`}, and the same on an indented line. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:`|^ {4})(?:sudo )?(?:bin/)?lychgate ([a-z][^`\n]*)");

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern METRIC = Pattern.compile("`(lychgate_[a-z_]+)");
    private static final Pattern METER = Pattern.compile("\"(lychgate(?:\\.[a-z]+)+)\"");
    private static final Pattern UNITS =
            Pattern.compile("(?:_total|_seconds|_bytes|_bucket|_count|_sum)+$");

    /** {@code the demo game's `options`}, {@code the demo game's command `options`}. */
    private static final Pattern DEMO =
            Pattern.compile("demo\\s+game's\\s+(?:commands?\\s+)?((?:`[^`]+`(?:,\\s+)?)+)");

    private static final Pattern DEMO_COMMAND = Pattern.compile("new Command\\(\\s*\"(\\w+)");

    @Test
    void commandsAndTheirOptionsAreThere() throws IOException {
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            Matcher quote = COMMAND.matcher(Files.readString(page));
            while (quote.find()) {
                named++;
                String problem = problemWith(quote.group(1));
                if (problem != null) {
                    unknown.add(page + ": lychgate " + quote.group(1) + ": " + problem);
                }
            }
        }
        assertTrue(named > 30, "no command is named");
        assertEquals(List.of(), unknown);
    }

    /** Null if there is none. */
    private static @Nullable String problemWith(String words) {
        CommandLine command = Main.commandLine();
        for (String word : words.strip().split("\\s+", -1)) {
            CommandLine sub = command.getSubcommands().get(word);
            if (sub == null) {
                break;
            }
            command = sub;
        }
        if (command.getParent() == null || (command.getSubcommands().size() > 1 && wants(words))) {
            return "no such command";
        }
        for (MatchResult option : OPTION.matcher(words).results().toList()) {
            if (command.getCommandSpec().findOption(option.group()) == null) {
                return "no such option: " + option.group();
            }
        }
        return null;
    }

    /** Whether a word follows that should be a command of a command: {@code keys make}. */
    private static boolean wants(String words) {
        List<String> all = List.of(words.strip().split("\\s+", -1));
        return all.size() > 1 && all.get(1).matches("[a-z]+");
    }

    @Test
    void countersAreThere() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Path source : sources(Path.of("src/main/java"))) {
            Matcher meter = METER.matcher(Files.readString(source));
            while (meter.find()) {
                known.add(withoutUnit(meter.group(1).replace('.', '_')));
            }
        }
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            Matcher metric = METRIC.matcher(Files.readString(page));
            while (metric.find()) {
                named++;
                if (!known.contains(withoutUnit(metric.group(1)))) {
                    unknown.add(page + ": " + metric.group(1));
                }
            }
        }
        assertTrue(named > 30, "no counter is named");
        assertEquals(List.of(), unknown);
    }

    private static String withoutUnit(String name) {
        return UNITS.matcher(name).replaceFirst("");
    }

    @Test
    void commandsOfTheDemoGameAreThere() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Path source : sources(Path.of("src/main/java/lychgate/demo"))) {
            Matcher command = DEMO_COMMAND.matcher(Files.readString(source));
            while (command.find()) {
                known.add(command.group(1));
            }
        }
        assertTrue(known.contains("screenreader"), known.toString());
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            for (MatchResult list : DEMO.matcher(Files.readString(page)).results().toList()) {
                for (String one : list.group(1).split(",", -1)) {
                    String name = one.replace("`", "").strip();
                    named++;
                    if (!name.isEmpty() && !known.contains(name.split(" ", 2)[0])) {
                        unknown.add(page + ": " + name);
                    }
                }
            }
        }
        assertTrue(named > 4, "no command of the demo game is named");
        assertEquals(List.of(), unknown);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toList());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }
}
