package lychgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the user who will run the portal may read a file, for root, who may read any. The user is
 * the owner of the configuration's folder, else of the data's. Access lists (ACLs) are not looked
 * at.
 */
final class Access {
    private static final String UID = "uid";
    private static final String GID = "gid";
    private static final String MODE = "mode";

    /** The bits of a mode: those of the owner, of the group, of others. */
    private static final int OWNER = 6;

    private static final int GROUP = 3;
    private static final int OTHERS = 0;
    private static final int READ = 4;
    private static final int SEARCH = 1;

    private final int user;
    private final String name;
    private final Set<Integer> groups;

    private Access(int user, String name, Set<Integer> groups) {
        this.user = user;
        this.name = name;
        this.groups = groups;
    }

    /** For the owner of the first of these folders that is not root's; root may do anything. */
    static Access ofOwner(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                int owner = number(folder, UID);
                if (owner != 0) {
                    String name = Files.getOwner(folder).getName();
                    return new Access(owner, name, groups(owner, name));
                }
            }
        }
        return new Access(0, "root", Set.of());
    }

    /**
     * Checks that the user may read a file, if it exists.
     *
     * @throws IOException if not: the message is one sentence that says what to do
     */
    void require(Path file) throws IOException {
        if (user == 0 || Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path folder = file.toRealPath().getParent();
                folder != null;
                folder = folder.getParent()) {
            if (!may(folder, SEARCH)) {
                throw new IOException(
                        "%s may not be read by %s, for whom the folder %s is closed: chown or chmod it."
                                .formatted(file, name, folder));
            }
        }
        if (!may(file, READ)) {
            throw new IOException(
                    "%s may not be read by %s: chown or chmod it.".formatted(file, name));
        }
    }

    private boolean may(Path path, int what) throws IOException {
        int shift =
                number(path, UID) == user
                        ? OWNER
                        : groups.contains(number(path, GID)) ? GROUP : OTHERS;
        return (number(path, MODE) >> shift & what) != 0;
    }

    private static int number(Path path, String attribute) throws IOException {
        return Files.getAttribute(path, "unix:" + attribute) instanceof Integer number ? number : 0;
    }

    /** The groups of a user, as passwd(5) and group(5) have them. */
    private static Set<Integer> groups(int user, String name) throws IOException {
        Set<Integer> groups = new HashSet<>();
        for (List<String> each : lines("/etc/passwd")) {
            if (each.size() > 3 && each.get(2).equals(Integer.toString(user))) {
                groups.add(Integer.valueOf(each.get(3)));
            }
        }
        for (List<String> each : lines("/etc/group")) {
            if (each.size() > 3 && List.of(each.get(3).split(",", -1)).contains(name)) {
                groups.add(Integer.valueOf(each.get(2)));
            }
        }
        return groups;
    }

    private static List<List<String>> lines(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .map(line -> List.of(line.split(":", -1)))
                .toList();
    }
}
