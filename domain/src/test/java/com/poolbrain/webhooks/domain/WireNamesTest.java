package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.statistics.Health;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Wire names are part of the contract with consumers, publishers and support.
class WireNamesTest {

  @Test
  void delivery_status_wire_names_match_the_api() {
    assertThat(Stream.of(DeliveryStatus.values()).map(DeliveryStatus::wireName))
        .containsExactly(
            "pending", "delivering", "delivered", "retrying", "permanently_failed", "skipped");
  }

  @Test
  void health_wire_names_match_the_api() {
    assertThat(Stream.of(Health.values()).map(Health::wireName))
        .containsExactly("never_delivered", "healthy", "degraded", "failing", "paused");
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
            "proxy",
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
    assertThatThrownBy(() -> DeliveryStatus.fromWireName("lost"))
        .hasMessage("unknown delivery status 'lost'");
  }
}
