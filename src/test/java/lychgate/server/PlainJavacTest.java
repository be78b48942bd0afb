package lychgate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.StringWriter;
import java.net.URI;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What any compiler refuses in a game, without Error Prone. */
class PlainJavacTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.msg(line);",
                "session.msg(Message.text(line));",
                "session.msg(Message.prompt(line));",
                "session.msg(Message.of(line));",
                "session.msg(Message.of(secret));",
                "session.msg(secret);",
                "session.disconnect(line);",
                "session.disconnect(line.typed());",
                "session.ask(line, answer -> {});",
                "session.ask(line.typed(), answer -> {});",
                "Markup.of(line);",
                "String name = line;",
                "String password = secret;",
                "session.login(1, line);",
            })
    void isRefused(String statement) {
        assertEquals(false, compiles(statement), statement);
    }

    @Test
    void whatIsMeantCompiles() {
        assertEquals(
                true,
                compiles(
                        "session.msg(\"|wHello\"); session.msg(Markup.of(\"{}\", line));"
                                + " session.login(1, line.typed());"));
    }

    private static boolean compiles(String statement) {
        String source =
                "import lychgate.server.*; import lychgate.text.*; class Game {"
                        + " void text(ServerSession session, PlayerText line, Secret secret) { "
                        + statement
                        + " } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        return compiler.getTask(
                        new StringWriter(),
                        null,
                        _ -> {},
                        List.of("-proc:none", "--should-stop=ifNoError=FLOW"),
                        null,
                        List.of(
                                new SimpleJavaFileObject(
                                        URI.create("string:///Game.java"),
                                        SimpleJavaFileObject.Kind.SOURCE) {
                                    @Override
                                    public CharSequence getCharContent(boolean ignore) {
                                        return source;
                                    }
                                }))
                .call();
    }
}
