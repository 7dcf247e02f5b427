package com.poolbrain.webhooks.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFilesTest {

  private final Instant now = Instant.now();

  @TempDir private Path folder;

  @Test
  void aRestartUsesTheSameIdentity() throws IOException {
    Identity first = files().loadOrMake(now);

    assertThat(files().loadOrMake(now)).isEqualTo(first);
    assertThat(caFile()).content().isEqualTo(first.authority());
  }

  @Test
  void anIdentityThatEndsSoonIsReplaced() throws IOException {
    Identity first = files().loadOrMake(now);

    assertThat(files().loadOrMake(now.plus(Duration.ofDays(395)))).isNotEqualTo(first);
  }

  @Test
  void tornFilesAreReplaced() throws IOException {
    Identity first = files().loadOrMake(now);
    Files.writeString(caFile(), first.authority().substring(0, 100));

    Identity second = files().loadOrMake(now);

    assertThat(second).isNotEqualTo(first);
    assertThat(files().loadOrMake(now)).isEqualTo(second);
  }

  @Test
  void theKeyIsForItsOwnerOnly() throws IOException {
    files().loadOrMake(now);

    assertThat(Files.getPosixFilePermissions(folder.resolve("sub/ca-server.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anotherAuthoritysFileIsNotOverwritten() throws IOException {
    Files.createDirectories(caFile().getParent());
    Files.writeString(caFile(), "precious");

    assertThatThrownBy(() -> files().loadOrMake(now))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(caFile()).content().isEqualTo("precious");
  }

  private Path caFile() {
    return folder.resolve("sub/ca.pem");
  }

  private IdentityFiles files() {
    return new IdentityFiles(caFile());
  }
}
