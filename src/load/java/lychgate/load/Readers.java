package lychgate.load;

import lychgate.load.SshFloods.Shell;

import org.apache.sshd.client.SshClient;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guests who request large output and read it as fast as they can; all of it must arrive. */
final class Readers {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final Pattern NUMBERED = Pattern.compile("(\\d+) x+$");

    private Readers() {}

    static List<Row> rows() {
        return List.of(
                new Row("lines 20000 100 to a reader", telnet(20_000, 100)).lasting(30),
                new Row("lines 100000 to a reader", telnet(100_000, 40)).lasting(30),
                new Row("lines 20000 100 to a reader over ssh -T", ssh(20_000, 100)).lasting(30));
    }

    private static Attack telnet(int lines, int length) {
        return field -> {
            Wire guest = field.guests(1, 1).getFirst();
            guest.patience(PATIENCE_MILLIS);
            field.begin();
            for (int time = 1; time <= 3; time++) {
                guest.say("lines " + lines + " " + length);
                for (int came = 0; came < lines; ) {
                    String line = guest.line();
                    Matcher numbered = NUMBERED.matcher(line);
                    if (numbered.find() && Integer.parseInt(numbered.group(1)) != ++came) {
                        throw new IOException("line " + came + " is missing, but " + line);
                    }
                    field.sent(line.length());
                }
            }
            field.judge(true, "all lines came, three times");
        };
    }

    private static Attack ssh(int lines, int length) {
        return field -> {
            SshClient client = SshFloods.client();
            field.closing(client::stop);
            Shell shell = Shell.open(client, field.address(), field.port("ssh"), "");
            shell.types("guest\n", "Exits");
            field.begin();
            for (int time = 1; time <= 3; time++) {
                shell.types("lines " + lines + " " + length + "\n", lines + " xxx");
            }
            field.judge(true, "all lines came, three times");
        };
    }
}
