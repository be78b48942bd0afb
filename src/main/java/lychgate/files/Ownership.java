package lychgate.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Whose the files of the portal are. Root acts for the portal's user: what it makes is given to the
 * owner of the folder that it is in. That owner may be hostile to root, so no symbolic link of
 * theirs is followed.
 */
public final class Ownership {
    /** Mode of a folder that only its owner may enter. */
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Mode of a file that only its owner may read. */
    public static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Integer ROOT = 0;
    private static final String UID = "unix:uid";
    private static final String GID = "unix:gid";

    private Ownership() {}

    /**
     * Creates a folder that only its owner may enter, unless it exists.
     *
     * @throws IOException if it cannot be created, or is a link that root must not follow
     */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)
                && ownUser().equals(ROOT)
                && !Files.getAttribute(folder, UID, LinkOption.NOFOLLOW_LINKS).equals(ROOT)) {
            throw new IOException("it is a symbolic link of another user");
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
            giveToOwner(folder);
        }
    }

    /** Gives what root has made to the user whose folder it is in. */
    public static void giveToOwner(Path made) throws IOException {
        if (ownUser().equals(ROOT)) {
            Path folder = folderOf(made);
            for (String owner : new String[] {UID, GID}) {
                Object given = Files.getAttribute(folder, owner);
                Files.setAttribute(made, owner, given, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Whether a file belongs to this user; root acts for the user whose folder it is. */
    public static boolean isRight(Path file) throws IOException {
        Integer own = ownUser();
        Object right = own.equals(ROOT) ? Files.getAttribute(folderOf(file), UID) : own;
        return Files.getAttribute(file, UID).equals(right);
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** The effective user, by number: proc(5). */
    private static Integer ownUser() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] words = line.split("\\s+", -1);
            if (words[0].equals("Uid:")) {
                return Integer.valueOf(words[2]);
            }
        }
        throw new IOException("/proc/self/status does not say whose process this is.");
    }
}
