package com.poolbrain.webhooks.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests change owners to the present owner, which needs no root and has no effect if a test
/// fails.
@Tag("slow")
class ServerUserTest {

  @TempDir private Path folder;
  private ServerUser user = new ServerUser.CurrentUser();

  @BeforeEach
  void setUp() throws IOException {
    user =
        new ServerUser.OtherUser(
            (int) Files.getAttribute(folder, "unix:uid"),
            (int) Files.getAttribute(folder, "unix:gid"));
  }

  @Test
  void chown_changes_regular_files_and_folders() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    user.chown(file);
    user.chown(folder);

    assertThat(Files.getAttribute(file, "unix:uid"))
        .isEqualTo(Files.getAttribute(folder, "unix:uid"));
  }

  @Test
  void chown_of_a_symbolic_link_is_refused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertRefused(Files.createSymbolicLink(folder.resolve("to-file"), file));
    assertRefused(Files.createSymbolicLink(folder.resolve("to-folder"), folder));
  }

  @Test
  void chown_of_a_pipe_is_refused() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertRefused(pipe);
  }

  private void assertRefused(Path path) {
    assertThatThrownBy(() -> user.chown(path))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(path + ": is not a regular file or folder");
  }
}
