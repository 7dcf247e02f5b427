package com.poolbrain.webhooks.transport.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
        .isThrownBy(() -> new DnsSettings(null, SECOND, Duration.ZERO, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DnsSettings(null, SECOND, SECOND, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 0, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 1, "me", null));
  }
}
