package com.poolbrain.webhooks.transport.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.transport.TransportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void private_networks_plain_http_and_proxy_are_off_by_default() {
    EgressPolicy standard = TransportSettings.defaults().egressPolicy();

    assertThat(standard.allowedNetworks()).isEmpty();
    assertThat(standard.allowsPlainHttp()).isFalse();
    assertThat(standard.proxy()).isNull();
  }

  @Test
  void default_limits_are_the_documented_ones() {
    assertThat(ResponseLimits.defaults())
        .isEqualTo(new ResponseLimits(16_384, 65_536, 16_384, 1024));
    assertThat(ConnectionSettings.defaults().connectTimeout()).hasSeconds(5);
    assertThat(DnsSettings.defaults().minTtl()).hasSeconds(1);
    assertThat(DnsSettings.defaults().maxTtl()).hasSeconds(60);
  }

  @Test
  void impossible_settings_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ResponseLimits(0, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ResponseLimits(1, 1, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(Duration.ZERO, SECOND, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(SECOND, SECOND, -1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(SECOND, SECOND, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DnsSettings(List.of(), SECOND, SECOND, Duration.ZERO, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DnsSettings(List.of(), SECOND, SECOND, SECOND, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 0, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 1, "me", null));
  }

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
