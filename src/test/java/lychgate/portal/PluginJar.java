package lychgate.portal;

import lychgate.plugin.PortalPlugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A plugin's jar, compiled from a few lines of source, whose classes are not on the class path. */
final class PluginJar {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A service of the portal that does nothing, under that name. */
    static PluginJar portal(String name) {
        return new PluginJar()
                .service(PortalPlugin.class, "portal.Nothing")
                .source(
                        "portal.Nothing",
                        """
                        package portal;
                        public final class Nothing implements lychgate.plugin.PortalPlugin {
                            public String name() { return "%s"; }
                            public void start(lychgate.plugin.PortalApplication app) {}
                            public void stop() {}
                        }
                        """
                                .formatted(name));
    }

    /** Says which class implements a service. */
    PluginJar service(Class<?> type, String implementation) {
        entries.put(
                "META-INF/services/" + type.getName(),
                implementation.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a file. */
    PluginJar file(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a class, compiled from its source. */
    PluginJar source(String className, String source) {
        entries.put(className.replace('.', '/') + ".class", compiled(className, source));
        return this;
    }

    /** Writes the jar. */
    Path at(Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    jar.putNextEntry(new JarEntry(entry.getKey()));
                    jar.write(entry.getValue());
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compiled(String className, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Compiled output =
                new Compiled(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
        boolean done =
                compiler.getTask(
                                null,
                                output,
                                null,
                                List.of("-proc:none"),
                                null,
                                List.of(new Source(className, source)))
                        .call();
        if (!done) {
            throw new AssertionError(className + " does not compile");
        }
        return output.bytes.toByteArray();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String source;

        Source(String className, String source) {
            super(
                    URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
                    Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Compiled(JavaFileManager usual) {
            super(usual);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
