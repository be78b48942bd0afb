package lychgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.model.LoggerModel;
import ch.qos.logback.classic.model.RootLoggerModel;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.model.AppenderModel;
import ch.qos.logback.core.model.AppenderRefModel;
import ch.qos.logback.core.model.ComponentModel;
import ch.qos.logback.core.model.ImportModel;
import ch.qos.logback.core.model.IncludeModel;
import ch.qos.logback.core.model.Model;
import ch.qos.logback.core.status.Status;

import lychgate.files.MistakeInFile;
import lychgate.files.WrittenFile;

import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

/**
 * Checks {@code logback.xml} without putting it into effect: Logback itself goes on without what it
 * cannot use, and so without a log. No file that it names is opened.
 */
final class LogFile {
    private static final Set<String> LEVELS =
            Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "ALL", "OFF", "INHERITED", "NULL");

    /** What Logback fills in: it is not known yet what it will be. */
    private static final String VARIABLE = "${";

    private final Path file;
    private final Set<String> imported = new HashSet<>();
    private final Set<String> appenders = new HashSet<>();
    private boolean includesOthers;

    private LogFile(Path file) {
        this.file = file;
    }

    /**
     * Checks a file.
     *
     * @return its content
     * @throws IOException if it has a mistake: the message says in which line, and what to do
     */
    static byte[] check(Path file) throws IOException {
        byte[] bytes = WrittenFile.bytes(file);
        checkXml(file, bytes);
        new LogFile(file).checkModel(bytes);
        return bytes;
    }

    private static void checkXml(Path file, byte[] bytes) throws IOException {
        try {
            SAXParserFactory parsers = SAXParserFactory.newInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.newSAXParser().parse(new ByteArrayInputStream(bytes), new DefaultHandler());
        } catch (SAXParseException e) {
            throw mistake(file, e.getLineNumber(), "is not valid XML (" + e.getMessage() + ")");
        } catch (SAXException | ParserConfigurationException e) {
            throw mistake(file, 0, String.valueOf(e.getMessage()));
        }
    }

    private void checkModel(byte[] bytes) throws IOException {
        LoggerContext unused = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(unused);
        Model top;
        try {
            InputSource source = new InputSource(new ByteArrayInputStream(bytes));
            top =
                    reader.buildModelFromSaxEventList(
                            reader.populateSaxEventRecorder(source).getSaxEventList());
        } catch (JoranException e) {
            throw mistake(file, 0, String.valueOf(e.getMessage()));
        }
        for (Status status : unused.getStatusManager().getCopyOfStatusList()) {
            if (status.getLevel() == Status.ERROR) {
                throw mistake(file, 0, status.getMessage());
            }
        }
        List<Model> all = new ArrayList<>();
        collect(top, all);
        for (Model each : all) {
            check(each);
        }
    }

    private static void collect(@Nullable Model model, List<Model> all) {
        if (model != null) {
            all.add(model);
            model.getSubModels().forEach(inner -> collect(inner, all));
        }
    }

    private void check(Model model) throws IOException {
        int line = model.getLineNumber();
        switch (model) {
            case IncludeModel _ -> includesOthers = true;
            case ImportModel one -> {
                String name = String.valueOf(one.getClassName());
                requireClass(name, line);
                imported.add(name.substring(name.lastIndexOf('.') + 1));
            }
            case LoggerModel logger -> requireLevel(logger.getLevel(), line);
            case RootLoggerModel root -> requireLevel(root.getLevel(), line);
            case AppenderRefModel ref -> requireAppender(String.valueOf(ref.getRef()), line);
            case ComponentModel component -> {
                if (component instanceof AppenderModel appender) {
                    appenders.add(String.valueOf(appender.getName()));
                }
                if (component.getClassName() != null) {
                    requireClass(component.getClassName(), line);
                }
            }
            default -> {}
        }
    }

    private void requireClass(String name, int line) throws IOException {
        if (name.contains(VARIABLE) || imported.contains(name)) {
            return;
        }
        try {
            Class.forName(name, false, LogFile.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw mistake(file, line, "there is no class " + name);
        }
    }

    private void requireLevel(@Nullable String level, int line) throws IOException {
        if (level != null
                && !level.contains(VARIABLE)
                && !LEVELS.contains(level.strip().toUpperCase(Locale.ROOT))) {
            throw mistake(
                    file,
                    line,
                    level
                            + " is no level: "
                            + String.join(", ", List.of("" + Level.OFF, "ERROR", "WARN", "INFO"))
                            + ", DEBUG, TRACE");
        }
    }

    /** An appender is written above the loggers that name it, as Logback recommends, or below. */
    private void requireAppender(String name, int line) throws IOException {
        if (!includesOthers && !name.contains(VARIABLE) && !appenders.contains(name)) {
            throw mistake(file, line, "there is no <appender name=\"" + name + "\"> above");
        }
    }

    static MistakeInFile mistake(Path file, int line, String what) {
        return new MistakeInFile(file, line, what + ": correct it, or remove the file");
    }
}
