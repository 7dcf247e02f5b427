package com.poolbrain.webhooks.domain;

import static com.poolbrain.webhooks.domain.SkipReason.CANCELLED;
import static com.poolbrain.webhooks.domain.SkipReason.ENDPOINT_PAUSED;
import static com.poolbrain.webhooks.domain.SkipReason.UNSUBSCRIBED;
import static com.poolbrain.webhooks.domain.SkipReason.WEBHOOKS_OFF;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompanyConfigTest {

  private static final EventType STATUS_UPDATED =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  @Test
  void alias_is_sent_only_if_the_canonical_name_is_not_subscribed() {
    assertThat(endpoint("customer.status.updated").subscribedNameFor(STATUS_UPDATED))
        .isEqualTo("customer.status.updated");
    assertThat(endpoint("customer.status.changed").subscribedNameFor(STATUS_UPDATED))
        .isEqualTo("customer.status.changed");
    assertThat(
            endpoint("customer.status.changed", "customer.status.updated")
                .subscribedNameFor(STATUS_UPDATED))
        .isEqualTo("customer.status.updated");
    assertThat(endpoint("customer.created").subscribedNameFor(STATUS_UPDATED)).isNull();
  }

  @Test
  void first_block_reason_in_documented_order_wins() {
    for (int bits = 0; bits < 16; bits++) {
      boolean deleted = (bits & 8) != 0;
      boolean webhooksOff = (bits & 4) != 0;
      boolean paused = (bits & 2) != 0;
      boolean unsubscribed = (bits & 1) != 0;
      SkipReason endpointReason = paused ? ENDPOINT_PAUSED : unsubscribed ? UNSUBSCRIBED : null;
      SkipReason expected = deleted ? CANCELLED : webhooksOff ? WEBHOOKS_OFF : endpointReason;
      Endpoint endpoint =
          endpoint(deleted, paused, unsubscribed ? "customer.created" : "customer.status.changed");
      Company company = new Company(40, "Blue Lagoon Pools", !webhooksOff);
      assertThat(
              new CompanyConfig(company, List.of(endpoint)).blockReason(endpoint, STATUS_UPDATED))
          .isEqualTo(expected);
    }
  }

  @Test
  void event_fans_out_to_each_subscribed_endpoint_that_is_not_deleted() {
    var company = new Company(40, "Blue Lagoon Pools", true);
    var endpoints =
        List.of(
            endpoint("customer.status.updated"),
            endpoint("customer.status.changed", "customer.created"),
            endpoint(false, true, "customer.status.updated"),
            endpoint(true, false, "customer.status.updated"),
            endpoint("customer.created"));

    assertThat(new CompanyConfig(company, endpoints).fanOutCount(STATUS_UPDATED)).isEqualTo(3);
  }

  private static Endpoint endpoint(String... subscribedEvents) {
    return endpoint(false, false, subscribedEvents);
  }

  private static Endpoint endpoint(boolean deleted, boolean paused, String... subscribedEvents) {
    return Endpoint.create(
            new UUID(0, 1),
            40,
            URI.create("https://consumer.test/hooks"),
            List.of(subscribedEvents),
            "whsec_test",
            Instant.EPOCH)
        .withPaused(paused)
        .withDeleted(deleted);
  }
}
