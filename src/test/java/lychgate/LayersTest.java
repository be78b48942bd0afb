package lychgate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package may use which. Dependencies are read from the compiled classes, in which inlined
 * constants of other classes no longer appear.
 */
class LayersTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("lychgate");

    /** Each package, from the ground up, and the packages below it that it uses. */
    private static final Map<String, List<String>> BELOW =
            table(
                    """
                    session
                    address
                    characters
                    text             session characters
                    telnet           session characters
                    oob              session
                    amp
                    bus              session
                    terminal         session characters
                    server           session text
                    telnet.option    session telnet oob terminal
                    plugin           session address server
                    transport.trace  session text
                    files
                    rounds
                    keys             address plugin files
                    nats             session bus address files keys
                    transport        session text terminal plugin transport.trace
                    transport.telnet session text telnet oob telnet.option terminal plugin transport.trace transport
                    transport.telnet.front session address telnet telnet.option plugin rounds transport\
                     transport.telnet
                    transport.ssh    session address text terminal plugin keys transport.trace transport
                    http             session plugin
                    transport.web.format session text oob
                    transport.web.page session http
                    transport.web.resume http
                    transport.web.session session oob text plugin transport.trace transport transport.web.format transport.web.resume
                    transport.web.ajax session address oob plugin http transport transport.web.format\
                     transport.web.resume transport.web.session
                    transport.web.website session address plugin http
                    transport.web    session address text oob plugin http transport transport.telnet\
                     transport.web.format transport.web.session transport.web.ajax transport.web.page\
                     transport.web.website telnet telnet.option
                    evennia.wire     session amp
                    evennia          session address oob
                    link             session
                    link.local       session link
                    link.amp         session address text amp evennia.wire evennia link
                    link.nats        session address bus text plugin rounds nats link
                    transport.nats   session bus plugin nats
                    server.runtime   session address text oob server plugin
                    demo             session text oob server files
                    admin.trace      session text telnet
                    admin            session address text oob plugin files http admin.trace
                    admin.realm      session oob nats admin
                    admin.page       session address oob keys http admin
                    config           session address plugin files transport.telnet.front transport.ssh\
                     transport.web evennia link.amp nats admin
                    portal           session address characters text oob server plugin files keys\
                     transport.telnet.front transport.ssh transport.web evennia.wire evennia link link.local link.amp bus nats link.nats transport.nats server.runtime demo\
                     admin admin.page admin.realm config
                    cli              address oob files keys nats admin admin.page evennia config portal
                    """);

    static final List<String> PACKAGES = List.copyOf(BELOW.keySet());

    /** Packages that do nothing on their own: values, pure functions and interfaces. */
    static final List<String> PURE =
            List.of(
                    "session",
                    "address",
                    "characters",
                    "text",
                    "telnet",
                    "oob",
                    "amp",
                    "bus",
                    "terminal",
                    "server",
                    "telnet.option",
                    "plugin",
                    "transport.trace",
                    "transport",
                    "transport.web.format",
                    "evennia.wire",
                    "link");

    /** Each library, by its root package, and the only packages that may use it. */
    private static final Map<String, List<String>> USERS =
            table(
                    """
                    org.apache.mina        transport.telnet transport.telnet.front transport.web
                    org.apache.sshd        transport.ssh keys
                    org.bouncycastle       demo keys
                    org.eclipse.jetty      http admin admin.page transport.web transport.web.ajax transport.web.page transport.web.website
                    io.micrometer          portal
                    com.fasterxml.jackson  oob admin transport.web.format
                    org.tomlj              config
                    io.nats                nats
                    picocli                cli
                    org.h2                 demo
                    java.sql               demo
                    ch.qos.logback         cli
                    """);

    static final List<String> LIBRARIES = List.copyOf(USERS.keySet());

    /** What any class may use: the language's own, annotations, and the interface of the log. */
    private static final List<String> ANYWHERE =
            List.of(
                    "java.",
                    "javax.",
                    "jdk.",
                    "com.sun.management",
                    "org.xml.sax",
                    "lychgate",
                    "org.jspecify.",
                    "com.google.errorprone.",
                    "org.slf4j");

    /** What may stand in any class: the language, its collections, and annotations. */
    private static final String[] EVERYWHERE = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.reflect",
        "java.lang.runtime",
        "java.math",
        "java.nio",
        "java.nio.charset",
        "java.time",
        "java.util",
        "java.util.concurrent.atomic",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "java.util.zip",
        "org.jspecify.annotations",
        "com.google.errorprone.annotations"
    };

    /** Types without any doing of their own, from packages that otherwise do much. */
    private static final Set<String> VALUES =
            Set.of(
                    "java.io.ByteArrayOutputStream",
                    "java.io.IOException",
                    "java.io.Serializable",
                    "java.io.StringWriter",
                    "java.io.UncheckedIOException",
                    "java.io.Writer",
                    "java.net.Inet4Address",
                    "java.net.Inet6Address",
                    "java.net.InetAddress",
                    "java.net.UnknownHostException",
                    "java.nio.file.Path",
                    "java.util.concurrent.Callable",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.ConcurrentLinkedQueue",
                    "java.util.concurrent.Executor",
                    "java.util.concurrent.RejectedExecutionException",
                    "javax.net.ssl.SSLContext",
                    "javax.net.ssl.SSLEngine",
                    "javax.net.ssl.SSLParameters");

    /** Types that do something on their own, from packages that else may be used. */
    private static final String[] DOING = {
        "java.lang.Process",
        "java.lang.ProcessBuilder",
        "java.lang.Runtime",
        "java.lang.ScopedValue",
        "java.lang.Thread",
        "java.lang.ThreadLocal",
        "java.util.Scanner",
        "java.util.Timer"
    };

    @ParameterizedTest
    @FieldSource("PACKAGES")
    void packageUsesOnlyWhatIsBelowIt(String name) {
        noClasses()
                .that(resideInAPackage("lychgate." + name))
                .should()
                .dependOnClassesThat(resideInAPackage("lychgate..").and(not(itselfOrBelow(name))))
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsPlace() {
        assertEquals(
                Set.copyOf(PACKAGES),
                MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("lychgate."))
                        .map(name -> name.substring("lychgate.".length()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingUsesWhatStandsAboveIt() {
        BELOW.forEach(
                (name, below) ->
                        assertEquals(
                                below,
                                below.stream()
                                        .filter(b -> PACKAGES.indexOf(b) < PACKAGES.indexOf(name))
                                        .toList(),
                                name));
    }

    @ParameterizedTest
    @FieldSource("PURE")
    void lowerFloorsDoNothingOnTheirOwn(String name) {
        classes()
                .that(resideInAPackage("lychgate." + name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(EVERYWHERE)
                                .and(not(anyOf(DOING)))
                                .or(resideInAPackage("lychgate.."))
                                .or(valueTypes())
                                .or(jsonOf(name))
                                .or(logOf(name)))
                .check(MAIN);
    }

    @ParameterizedTest
    @FieldSource("PURE")
    void lowerFloorsHaveNoClock(String name) {
        noClasses()
                .that(resideInAPackage("lychgate." + name))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.InstantSource.class)
                .check(MAIN);
    }

    /** So that a WebSocket can carry it too. */
    @Test
    void telnetKnowsNoSocket() {
        noClasses()
                .that(resideInAPackage("lychgate.transport.telnet"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.net",
                                "java.nio.channels",
                                "javax.net.ssl",
                                "org.apache.mina.filter.ssl",
                                "org.apache.mina.transport..",
                                "lychgate.transport.telnet.front"))
                .check(MAIN);
    }

    @ParameterizedTest
    @FieldSource("LIBRARIES")
    void libraryIsKnownOnlyWhereItIsUsed(String library) {
        List<String> users = USERS.getOrDefault(library, List.of());
        noClasses()
                .that(not(describe("in " + users, type -> isIn(type, users))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(MAIN);
    }

    @Test
    void everyLibraryHasItsUsers() {
        assertEquals(
                Set.of(),
                MAIN.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.isEmpty() && isThirdParty(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminalOrEndsTheProcess() {
        noClasses()
                .that(not(resideInAPackage("lychgate.cli")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(MAIN);
    }

    @Test
    void nobodyReadsObjectsFromBytes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.mina.filter.codec.serialization..")
                .orShould()
                .callMethodWhere(
                        describe(
                                "IoBuffer.getObject or putObject",
                                call ->
                                        call.getTargetOwner()
                                                        .getPackageName()
                                                        .startsWith("org.apache.mina")
                                                && call.getName().endsWith("Object")))
                .check(MAIN);
    }

    @Test
    void whatComesOverTheLinkLoadsNoClass() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "lychgate.amp", "lychgate.evennia.wire", "lychgate.link.amp"))
                .should()
                .callMethodWhere(
                        describe(
                                "forName, loadClass or newInstance",
                                call ->
                                        Set.of("forName", "loadClass", "newInstance")
                                                        .contains(call.getName())
                                                && !call.getTargetOwner().isArray()))
                .check(MAIN);
    }

    @Test
    void noClassIsAbstract() {
        noClasses()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(MAIN);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Common|Base|Impl|Abstract).*")
                .check(MAIN);
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        classes().should(standInANullMarkedPackage()).check(MAIN);
    }

    private static Map<String, List<String>> table(String lines) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : lines.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +", -1));
            table.put(words.getFirst(), words.subList(1, words.size()));
        }
        return table;
    }

    private static DescribedPredicate<JavaClass> itselfOrBelow(String name) {
        List<String> allowed =
                Stream.concat(Stream.of(name), BELOW.getOrDefault(name, List.of()).stream())
                        .map(each -> "lychgate." + each)
                        .toList();
        return describe("in one of " + allowed, type -> allowed.contains(type.getPackageName()));
    }

    private static boolean isIn(JavaClass type, List<String> names) {
        return names.stream().anyMatch(name -> type.getPackageName().equals("lychgate." + name));
    }

    private static boolean isThirdParty(String name) {
        return Stream.concat(ANYWHERE.stream(), LIBRARIES.stream()).noneMatch(name::startsWith);
    }

    private static DescribedPredicate<JavaClass> anyOf(String... names) {
        return describe("one of " + List.of(names), t -> List.of(names).contains(t.getName()));
    }

    private static DescribedPredicate<JavaClass> valueTypes() {
        return describe(
                "a type of values", type -> VALUES.contains(type.getBaseComponentType().getName()));
    }

    /** A session that fails is logged where its life is written. */
    private static DescribedPredicate<JavaClass> logOf(String name) {
        return describe(
                "the log in transport",
                type -> name.equals("transport") && type.getPackageName().equals("org.slf4j"));
    }

    /** Jackson works on strings alone, and is for those alone whose notation is JSON. */
    private static DescribedPredicate<JavaClass> jsonOf(String name) {
        return describe(
                "JSON",
                type ->
                        (name.equals("oob")
                                        && type.getPackageName()
                                                .startsWith("com.fasterxml.jackson.core"))
                                || (name.equals("transport.web.format")
                                        && type.getPackageName()
                                                .startsWith("com.fasterxml.jackson")));
    }

    private static ArchCondition<JavaClass> standInANullMarkedPackage() {
        return new ArchCondition<>("stand in a package with a package-info that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage its = type.getPackage();
                if (!its.tryGetPackageInfo().isPresent()
                        || !its.isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName()));
                }
            }
        };
    }
}
