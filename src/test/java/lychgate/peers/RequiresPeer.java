package lychgate.peers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The test needs real programs. Without them it is skipped, and says so; with {@code
 * -Dpeers=required} it fails.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPeer.Installed.class)
@interface RequiresPeer {
    /** The programs, as they are called on the command line. */
    String[] value();

    /** Checks whether the required programs are installed. */
    final class Installed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> missing = new ArrayList<>();
            RequiresPeer needs =
                    context.getElement().map(e -> e.getAnnotation(RequiresPeer.class)).orElse(null);
            for (String program : needs == null ? new String[0] : needs.value()) {
                if (Programs.find(program) == null) {
                    missing.add(program);
                }
            }
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("all peers are there");
            }
            String words = "not installed: " + String.join(", ", missing);
            if ("required".equals(System.getProperty("peers"))) {
                throw new IllegalStateException(words);
            }
            return ConditionEvaluationResult.disabled(words);
        }
    }
}
