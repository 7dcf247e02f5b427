package com.poolbrain.webhooks.store.embedded;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// The operating system user of the PostgreSQL server, which refuses to run as root.
///
/// If this process does not run as root, the server has the same user. Otherwise it has an
/// unprivileged user who owns the data. If such a user could not enter the folder, the server runs
/// as root without privileges.
public sealed interface ServerUser {

  /// The user of this process, which is not root.
  record CurrentUser() implements ServerUser {
    @Override
    public List<String> commandPrefix() {
      return List.of();
    }
  }

  /// An unprivileged user that root switches to.
  record OtherUser(int uid, int gid) implements ServerUser {
    @Override
    public List<String> commandPrefix() {
      return List.of(
          "setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs");
    }
  }

  /// Root in a user namespace without a mapping: it can access the files of root, but has no
  /// privileges.
  record UnprivilegedRoot() implements ServerUser {
    @Override
    public List<String> commandPrefix() {
      return List.of("unshare", "--user");
    }
  }

  /// The command line prefix that runs a command as this user.
  List<String> commandPrefix();

  /// Makes this user the owner of a regular file or an empty folder.
  ///
  /// @throws IOException if it is anything else, such as a device or a symbolic link, whose owner
  ///   root must not change
  default void chown(Path path) throws IOException {
    if (this instanceof OtherUser(int uid, int gid)) {
      if (!Files.isRegularFile(path, NOFOLLOW_LINKS) && !Files.isDirectory(path, NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            path.toString(), null, "is not a regular file or folder, so its owner is not changed");
      }
      Files.setAttribute(path, "unix:gid", gid, NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", uid, NOFOLLOW_LINKS);
    }
  }

  /// The mode of the data folder, in which the data directory of this user is: only the owner has
  /// access, and another user may pass through.
  default String dataFolderMode() {
    return this instanceof OtherUser ? "711" : "700";
  }

  /// The permissions of [#dataFolderMode()].
  default Set<PosixFilePermission> dataFolderPermissions() {
    return PosixFilePermissions.fromString(this instanceof OtherUser ? "rwx--x--x" : "rwx------");
  }

  /// Chooses the user for a server.
  ///
  /// @param data its data directory, which may not exist yet
  /// @param entrance a folder above it that another user would have to enter
  static ServerUser choose(Path data, Path entrance) {
    try {
      if (uid(Path.of("/proc/self")) != 0) {
        return new CurrentUser();
      }
      if (Files.exists(data)) {
        return uid(data) == 0 ? new UnprivilegedRoot() : new OtherUser(uid(data), gid(data));
      }
      return isReachableByOthers(entrance) ? findUnprivilegedUser() : new UnprivilegedRoot();
    } catch (IOException e) {
      throw new StartupException("Can't read the owner of the folder %s: %s".formatted(data, e), e);
    }
  }

  /// The user `postgres` if it exists, otherwise `nobody`.
  private static OtherUser findUnprivilegedUser() throws IOException {
    List<String> users = Files.readAllLines(Path.of("/etc/passwd"));
    for (String name : List.of("postgres", "nobody")) {
      for (String line : users) {
        String[] fields = line.split(":", -1);
        if (fields.length > 3 && fields[0].equals(name) && !fields[2].equals("0")) {
          return new OtherUser(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
        }
      }
    }
    return new OtherUser(65534, 65534);
  }

  private static boolean isReachableByOthers(Path folder) throws IOException {
    for (Path p = folder.toRealPath(); p != null; p = p.getParent()) {
      if (!Files.getPosixFilePermissions(p).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  private static int gid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:gid");
  }
}
