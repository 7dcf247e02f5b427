package com.poolbrain.webhooks.transport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Only a server on this machine gets mails without TLS.
class SmtpSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1, true",
    "::1, true",
    "127.example.com, false",
    "localhost.example.com, false",
    "10.0.0.1, false"
  })
  void loopback_is_an_address_or_the_name_localhost(String host, boolean isLoopback) {
    var settings =
        new SmtpSettings(
            host,
            25,
            false,
            null,
            null,
            "webhooks@example.com",
            List.of(),
            SmtpSettings.DEFAULT_TIMEOUT);

    assertThat(settings.isLoopback()).isEqualTo(isLoopback);
  }
}
