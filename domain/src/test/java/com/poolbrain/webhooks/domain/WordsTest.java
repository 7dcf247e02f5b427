package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words that consumers, publishers and support read are part of the contract.
class WordsTest {

  @Test
  void delivery_statuses_are_these() {
    assertThat(Stream.of(DeliveryStatus.values()).map(DeliveryStatus::word))
        .containsExactly(
            "pending", "delivering", "delivered", "retrying", "permanently_failed", "skipped");
  }

  @Test
  void skip_reasons_are_these_in_this_order() {
    assertThat(Stream.of(SkipReason.values()).map(SkipReason::word))
        .containsExactly("cancelled", "webhooks_off", "endpoint_paused", "unsubscribed");
  }

  @Test
  void error_classes_are_these() {
    assertThat(Stream.of(ErrorClass.values()).map(ErrorClass::word))
        .containsExactlyInAnyOrder(
            "dns",
            "connect_refused",
            "connect_timeout",
            "tls_untrusted",
            "tls_expired",
            "tls_hostname",
            "tls_other",
            "response_timeout",
            "connection_reset",
            "redirect",
            "client_error",
            "unauthorized",
            "gone",
            "payload_too_large",
            "rate_limited",
            "server_error",
            "blocked_address",
            "invalid_response");
  }

  @Test
  void every_word_leads_back() {
    assertThat(DeliveryStatus.values()).allMatch(it -> DeliveryStatus.of(it.word()) == it);
    assertThat(SkipReason.values()).allMatch(it -> SkipReason.of(it.word()) == it);
    assertThat(ErrorClass.values()).allMatch(it -> ErrorClass.of(it.word()) == it);
    assertThat(Trigger.values()).allMatch(it -> Trigger.of(it.word()) == it);
    assertThatThrownBy(() -> DeliveryStatus.of("lost")).hasMessageContaining("lost");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "101, INVALID_RESPONSE",
    "301, REDIRECT",
    "400, CLIENT_ERROR",
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "404, CLIENT_ERROR",
    "410, GONE",
    "413, PAYLOAD_TOO_LARGE",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "599, SERVER_ERROR",
    "600, INVALID_RESPONSE",
    "999, INVALID_RESPONSE"
  })
  void statuses_have_a_class(int status, ErrorClass expected) {
    assertThat(ErrorClass.ofStatus(status)).isEqualTo(expected);
  }

  @Test
  void a_uuid_of_version_7_begins_with_its_time_and_sorts_by_it() {
    Instant time = Instant.parse("2026-02-13T06:42:24.705Z");
    var first = UuidV7.of(time.toEpochMilli(), 7, -1L);
    var second = UuidV7.of(time.toEpochMilli(), 8, 0L);
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(UuidV7.time(first)).isEqualTo(time);
    assertThat(first.toString()).startsWith("019c55bc-8741").isLessThan(second.toString());
    assertThat(UuidV7.floor(time).toString()).isLessThan(first.toString());
  }
}
