package com.poolbrain.webhooks.transport.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.transport.TransportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaCertificatesTest {

  @Test
  void ca_certificates_are_read_from_a_pem_file(@TempDir Path folder) throws Exception {
    Path pem = folder.resolve("ca.pem");
    Files.writeString(pem, TransportFixture.CA.pem() + "\n" + TransportFixture.CA.pem());

    assertThat(CaCertificates.read(pem))
        .containsExactly(TransportFixture.CA.certificate(), TransportFixture.CA.certificate());
  }

  @Test
  void file_without_ca_certificates_is_refused_with_the_reason(@TempDir Path folder)
      throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaCertificates.read(folder.resolve("none.pem")))
        .withMessageEndingWith("none.pem can't be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaCertificates.read(empty))
        .withMessageEndingWith("empty.pem holds no certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaCertificates.read(text))
        .withMessageEndingWith("text.pem is not a PEM file of certificates");
  }
}
