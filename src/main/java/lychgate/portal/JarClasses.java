package lychgate.portal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;

/**
 * Loads the classes of a jar, and of the jars that its manifest lists as {@code Class-Path}. All of
 * them are read into memory at once: so a damaged jar is found before anything of it is used, and
 * the file may be replaced while its classes are in use. There is nothing to close.
 */
final class JarClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String CLASS = ".class";

    private final List<JarContents> jars;

    private JarClasses(List<JarContents> jars, ClassLoader parent) {
        super(parent);
        this.jars = jars;
    }

    /**
     * Reads a jar.
     *
     * @param parent comes first when a class is looked for
     * @throws IOException if it is damaged, or one that it needs
     */
    static JarClasses read(Path jar, ClassLoader parent) throws IOException {
        return new JarClasses(JarContents.withClassPath(jar), parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + CLASS;
        for (JarContents jar : jars) {
            byte[] bytes = jar.bytes(path);
            if (bytes != null) {
                definePackageOf(name, jar);
                return defineClass(name, bytes, 0, bytes.length, domain(jar));
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return jars.stream()
                .map(jar -> jar.url(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(
                jars.stream().map(jar -> jar.url(name)).filter(Objects::nonNull).toList());
    }

    private void definePackageOf(String className, JarContents jar) {
        int dot = className.lastIndexOf('.');
        String name = dot < 0 ? "" : className.substring(0, dot);
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        try {
            definePackage(
                    name,
                    null,
                    null,
                    null,
                    jar.attribute(Attributes.Name.IMPLEMENTATION_TITLE),
                    jar.attribute(Attributes.Name.IMPLEMENTATION_VERSION),
                    jar.attribute(Attributes.Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException e) {
            return; // another thread has just defined it
        }
    }

    private ProtectionDomain domain(JarContents jar) {
        return new ProtectionDomain(
                new CodeSource(jar.location(), (Certificate @Nullable []) null), null, this, null);
    }
}
