package lychgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.stream.Collectors;

/** Reports a usage mistake in one sentence. */
final class UsageMistakes implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        List<String> near =
                mistake instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String remedy =
                near.isEmpty()
                        ? "see " + name + " --help."
                        : "did you mean " + near.getFirst() + "?";
        command.getErr().println(name + ": " + what(mistake) + "; " + remedy);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String what(ParameterException mistake) {
        ArgSpec argument = mistake.getArgSpec();
        String value = mistake.getValue();
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> labels(missing.getMissing()) + " is missing";
            default ->
                    argument != null && value != null
                            ? label(argument) + " cannot be " + value
                            : String.valueOf(mistake.getMessage());
        };
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption()) {
            return "unknown option " + word;
        }
        boolean ofCommands = !unmatched.getCommandLine().getSubcommands().isEmpty();
        return (ofCommands ? "unknown command " : "unexpected argument ") + word;
    }

    private static String labels(List<ArgSpec> arguments) {
        return arguments.stream().map(UsageMistakes::label).collect(Collectors.joining(" "));
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + argument.paramLabel()
                : argument.paramLabel();
    }
}
