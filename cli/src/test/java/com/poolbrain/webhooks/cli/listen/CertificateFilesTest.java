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

class CertificateFilesTest {

  private final Instant now = Instant.now();

  @TempDir private Path folder;

  @Test
  void restart_reuses_the_stored_certificate() throws IOException {
    ServerCertificate first = files().loadOrCreate(now);

    assertThat(files().loadOrCreate(now)).isEqualTo(first);
    assertThat(caFile()).content().isEqualTo(first.caCertificate());
  }

  @Test
  void certificate_expiring_within_a_week_is_replaced() throws IOException {
    ServerCertificate first = files().loadOrCreate(now);

    assertThat(files().loadOrCreate(now.plus(Duration.ofDays(395)))).isNotEqualTo(first);
  }

  @Test
  void truncated_certificate_files_are_replaced() throws IOException {
    ServerCertificate first = files().loadOrCreate(now);
    Files.writeString(caFile(), first.caCertificate().substring(0, 100));

    ServerCertificate second = files().loadOrCreate(now);

    assertThat(second).isNotEqualTo(first);
    assertThat(files().loadOrCreate(now)).isEqualTo(second);
  }

  @Test
  void private_key_file_is_readable_by_its_owner_only() throws IOException {
    files().loadOrCreate(now);

    assertThat(Files.getPosixFilePermissions(folder.resolve("sub/ca-server.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void foreign_ca_file_is_not_overwritten() throws IOException {
    Files.createDirectories(caFile().getParent());
    Files.writeString(caFile(), "precious");

    assertThatThrownBy(() -> files().loadOrCreate(now))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(caFile()).content().isEqualTo("precious");
  }

  private Path caFile() {
    return folder.resolve("sub/ca.pem");
  }

  private CertificateFiles files() {
    return new CertificateFiles(caFile());
  }
}
