import lychgate.cli.Main;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Writes the parts of a package that are made by Java: its runtime, and, from the command line
 * itself, the sources of the man pages, one for each command, and the completion for bash.
 *
 * <p>Run by the build: {@code java -cp CLASSPATH src/packaging/PackageParts.java FOLDER}.
 */
final class PackageParts {
    /**
     * All of Java SE, for the games and plugins that are added; of the JDK's own modules those that
     * the portal's libraries use, the character sets of old terminals, and jcmd for operators.
     */
    private static final String MODULES =
            "java.se,jdk.charsets,jdk.crypto.ec,jdk.jcmd,jdk.management,jdk.net,jdk.unsupported,"
                    + "jdk.zipfs";

    private PackageParts() {}

    static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        delete(folder);
        delete(folder.resolveSibling("man")); // of commands that there were before
        Files.deleteIfExists(folder.resolve("../../bom.json").normalize()); // of an older build
        Files.createDirectories(folder);
        runtime(folder.resolve("runtime"));
        CommandLine lychgate = Main.commandLine();
        Files.writeString(folder.resolve("lychgate.bash"), AutoComplete.bash("lychgate", lychgate));
        manPages(lychgate, Files.createDirectories(folder.resolve("man")));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void runtime(Path folder) throws IOException {
        List<String> options =
                List.of(
                        "--add-modules",
                        MODULES,
                        "--strip-java-debug-attributes",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        folder.toString());
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() -> new IOException("this JDK has no jlink"));
        if (jlink.run(System.out, System.err, options.toArray(String[]::new)) != 0) {
            throw new IOException("jlink failed");
        }
    }

    private static void manPages(CommandLine lychgate, Path folder) throws IOException {
        PrintStream out = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream(); // each page is announced
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        boolean[] verbosity = {false};
        int failed =
                ManPageGenerator.generateManPage(
                        folder.toFile(), null, verbosity, false, lychgate.getCommandSpec());
        System.setErr(out);
        if (failed != 0) {
            throw new IOException("the man pages cannot be written: " + said);
        }
    }
}
