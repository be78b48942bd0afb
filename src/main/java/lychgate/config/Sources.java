package lychgate.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where settings come from; later ones take precedence.
 *
 * @param file {@code lychgate.toml}; need not exist
 * @param environment variables: {@code LYCHGATE_TELNET_PORT} sets {@code telnet.port}
 * @param overrides of the command line: {@code --set telnet.port=4100}
 */
public record Sources(Path file, Map<String, String> environment, Map<String, String> overrides) {
    public Sources {
        environment = Map.copyOf(environment);
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides)); // in their order
    }
}
