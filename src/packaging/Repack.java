import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Makes the jars of a distribution fit for the class cache (JEP 514), which takes no class of a
 * signed jar and none from before Java 6: signatures are removed, and older classes get the stack
 * maps that Java 6 brought. A jar that has neither is left as it is. The same input always gives
 * the same bytes.
 *
 * <p>Run by the build: {@code java src/packaging/Repack.java target/dist/lib}.
 */
final class Repack {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/(?:[^/]+\\.(?:SF|RSA|DSA|EC)|SIG-[^/]+)");

    /** The class file version of Java 6, and the first that the class cache takes. */
    private static final int JAVA_6 = 50;

    /** Where in a class file its version stands. */
    private static final int MAJOR_VERSION_AT = 6;

    private Repack() {}

    static void main(String[] args) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
            for (Path jar : jars) {
                if (needsIt(jar)) {
                    repack(jar);
                }
            }
        }
    }

    private static boolean needsIt(Path jar) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : Collections.list(in.entries())) {
                if (SIGNATURE.matcher(entry.getName()).matches()
                        || (isClass(entry) && isOld(read(in, entry)))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void repack(Path jar) throws IOException {
        FileTime modified = Files.getLastModifiedTime(jar);
        Path repacked = jar.resolveSibling(jar.getFileName() + ".new");
        try (JarFile in = new JarFile(jar.toFile(), false);
                OutputStream file = Files.newOutputStream(repacked);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(in.entries())) {
                if (!SIGNATURE.matcher(entry.getName()).matches()) {
                    JarEntry copy = new JarEntry(entry.getName());
                    copy.setLastModifiedTime(entry.getLastModifiedTime());
                    out.putNextEntry(copy);
                    out.write(content(in, entry));
                    out.closeEntry();
                }
            }
        }
        Files.setLastModifiedTime(repacked, modified);
        Files.move(repacked, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] content(JarFile in, JarEntry entry) throws IOException {
        byte[] bytes = read(in, entry);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            return withoutDigests(in.getManifest());
        }
        return isClass(entry) && isOld(bytes) ? withStackMaps(bytes, in) : bytes;
    }

    /** What a manifest says of single files is for the signature. */
    private static byte[] withoutDigests(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.getEntries().clear();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static byte[] withStackMaps(byte[] bytes, JarFile around) {
        ClassFile parser =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(
                                                type -> resource(around, type))
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = parser.parse(bytes);
        return parser.transformClass(
                model,
                ClassTransform.dropping(element -> element instanceof ClassFileVersion)
                        .andThen(ClassTransform.transformingMethodBodies(CodeBuilder::with))
                        .andThen(
                                ClassTransform.endHandler(
                                        builder -> builder.withVersion(JAVA_6, 0))));
    }

    private static InputStream resource(JarFile jar, ClassDesc type) {
        String name = type.descriptorString();
        JarEntry entry = jar.getJarEntry(name.substring(1, name.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    private static boolean isOld(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getShort(MAJOR_VERSION_AT) < JAVA_6;
    }
}
