package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words that consumers, publishers and support read are part of the contract.
class WireNamesTest {

  @Test
  void delivery_status_wire_names_match_the_api() {
    assertThat(Stream.of(DeliveryStatus.values()).map(DeliveryStatus::wireName))
        .containsExactly(
            "pending", "delivering", "delivered", "retrying", "permanently_failed", "skipped");
  }

  @Test
  void skip_reason_wire_names_are_in_documented_precedence() {
    assertThat(Stream.of(SkipReason.values()).map(SkipReason::wireName))
        .containsExactly("cancelled", "webhooks_off", "endpoint_paused", "unsubscribed");
  }

  @Test
  void error_class_wire_names_match_the_api() {
    assertThat(Stream.of(ErrorClass.values()).map(ErrorClass::wireName))
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
  void from_wire_name_reverses_wire_name_and_rejects_unknown_names() {
    assertThat(DeliveryStatus.values())
        .allMatch(value -> DeliveryStatus.fromWireName(value.wireName()) == value);
    assertThat(SkipReason.values())
        .allMatch(value -> SkipReason.fromWireName(value.wireName()) == value);
    assertThat(ErrorClass.values())
        .allMatch(value -> ErrorClass.fromWireName(value.wireName()) == value);
    assertThat(Trigger.values()).allMatch(value -> Trigger.fromWireName(value.wireName()) == value);
    assertThatThrownBy(() -> DeliveryStatus.fromWireName("lost")).hasMessageContaining("lost");
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
  void http_status_is_mapped_to_its_error_class(int status, ErrorClass expected) {
    assertThat(ErrorClass.fromStatusCode(status)).isEqualTo(expected);
  }

  @Test
  void uuid_v7_starts_with_its_instant_and_sorts_by_it() {
    Instant time = Instant.parse("2026-02-13T06:42:24.705Z");
    var first = UuidV7.of(time.toEpochMilli(), 7, -1L);
    var second = UuidV7.of(time.toEpochMilli(), 8, 0L);
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(UuidV7.instantOf(first)).isEqualTo(time);
    assertThat(first.toString()).startsWith("019c55bc-8741").isLessThan(second.toString());
    assertThat(UuidV7.lowerBound(time).toString()).isLessThan(first.toString());
  }
}
