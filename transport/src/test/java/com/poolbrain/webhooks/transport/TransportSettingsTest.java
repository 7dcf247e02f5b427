package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void nothingPrivateIsReachedUnlessItIsSet() {
    Destinations standard = TransportSettings.standard().destinations();

    assertThat(standard.allowedNetworks()).isEmpty();
    assertThat(standard.plainHttp()).isFalse();
    assertThat(standard.proxy()).isNull();
  }

  @Test
  void theLimitsAreThoseOfTheContract() {
    assertThat(AnswerLimits.standard()).isEqualTo(new AnswerLimits(16_384, 65_536, 16_384, 1024));
    assertThat(ConnectionSettings.standard().connectTimeout()).hasSeconds(5);
    assertThat(NameSettings.standard().leastTtl()).hasSeconds(1);
    assertThat(NameSettings.standard().mostTtl()).hasSeconds(60);
  }

  @Test
  void whatCouldNotWorkIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AnswerLimits(0, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AnswerLimits(1, 1, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(Duration.ZERO, SECOND, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(SECOND, SECOND, -1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSettings(SECOND, SECOND, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameSettings(List.of(), SECOND, SECOND, Duration.ZERO, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameSettings(List.of(), SECOND, SECOND, SECOND, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 0, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new EgressProxy("proxy", 1, "me", null));
  }

  @Test
  void authoritiesAreReadFromPem(@TempDir Path folder) throws Exception {
    Path pem = folder.resolve("ca.pem");
    Files.writeString(pem, House.AUTHORITY.pem() + "\n" + House.AUTHORITY.pem());

    assertThat(Authorities.read(pem))
        .containsExactly(House.AUTHORITY.certificate(), House.AUTHORITY.certificate());
  }

  @Test
  void aFileThatHoldsNoAuthorityIsRefusedInWords(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorities.read(folder.resolve("none.pem")))
        .withMessageEndingWith("none.pem can't be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorities.read(empty))
        .withMessageEndingWith("empty.pem holds no certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorities.read(text))
        .withMessageEndingWith("text.pem is no PEM file of certificates");
  }
}
