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

class SubscriptionsTest {

  private static final EventType STATUS =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  @Test
  void an_alias_is_sent_only_where_the_canonical_name_is_not_ticked() {
    assertThat(endpoint("customer.status.updated").nameFor(STATUS))
        .isEqualTo("customer.status.updated");
    assertThat(endpoint("customer.status.changed").nameFor(STATUS))
        .isEqualTo("customer.status.changed");
    assertThat(endpoint("customer.status.changed", "customer.status.updated").nameFor(STATUS))
        .isEqualTo("customer.status.updated");
    assertThat(endpoint("customer.created").nameFor(STATUS)).isNull();
  }

  @Test
  void of_several_reasons_the_first_in_the_order_of_the_contract_is_given() {
    for (int bits = 0; bits < 16; bits++) {
      boolean deleted = (bits & 8) != 0;
      boolean off = (bits & 4) != 0;
      boolean paused = (bits & 2) != 0;
      boolean unticked = (bits & 1) != 0;
      SkipReason ofEndpoint = paused ? ENDPOINT_PAUSED : unticked ? UNSUBSCRIBED : null;
      SkipReason expected = deleted ? CANCELLED : off ? WEBHOOKS_OFF : ofEndpoint;
      Endpoint endpoint =
          endpoint(deleted, paused, unticked ? "customer.created" : "customer.status.changed");
      Company company = new Company(40, "Blue Lagoon Pools", !off);
      assertThat(new Subscriptions(company, List.of(endpoint)).closed(endpoint, STATUS))
          .isEqualTo(expected);
    }
  }

  @Test
  void an_event_becomes_a_delivery_for_each_endpoint_that_subscribed_it_and_is_there() {
    var company = new Company(40, "Blue Lagoon Pools", true);
    var endpoints =
        List.of(
            endpoint("customer.status.updated"),
            endpoint("customer.status.changed", "customer.created"),
            endpoint(false, true, "customer.status.updated"),
            endpoint(true, false, "customer.status.updated"),
            endpoint("customer.created"));

    assertThat(new Subscriptions(company, endpoints).deliveries(STATUS)).isEqualTo(3);
  }

  private static Endpoint endpoint(String... names) {
    return endpoint(false, false, names);
  }

  private static Endpoint endpoint(boolean deleted, boolean paused, String... names) {
    return new Endpoint(
        new UUID(0, 1),
        40,
        URI.create("https://consumer.test/hooks"),
        List.of(names),
        "",
        paused,
        deleted,
        Instant.EPOCH,
        Secrets.of("whsec_test"),
        Endpoint.Tuning.DEFAULT);
  }
}
