package lychgate.cli;

import lychgate.portal.Home;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.util.concurrent.Callable;

/** {@code lychgate check}: reads the configuration and the files it needs, and reports mistakes. */
@Command(name = "check", description = "Reads the configuration and reports every mistake.")
final class CheckCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Failure {
        Home home = options.home();
        Inspection inspection = new Inspection(home);
        inspection.run();
        for (String warning : inspection.warnings()) {
            spec.commandLine().getErr().println("warning: " + warning);
        }
        if (!inspection.mistakes().isEmpty()) {
            throw new Failure(String.join("\n", inspection.mistakes()), null);
        }
        boolean there = Files.exists(home.configFile());
        spec.commandLine()
                .getOut()
                .println(
                        home.configFile()
                                + ": no mistakes"
                                + (there ? "" : "; it does not exist, so the defaults apply"));
        return 0;
    }
}
