package com.poolbrain.webhooks.store.query;

import static com.poolbrain.webhooks.store.query.DeliveryLogFixture.listAllPages;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.query.DeliveryLogFixture.DeliveryIds;
import com.poolbrain.webhooks.store.query.DeliveryLogFixture.DeliverySpec;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class DeliverySearchTest {

  private static final UUID OTHER_ENDPOINT =
      UUID.fromString("019c55a0-0000-7000-8000-0000000000ff");

  private final ConfigFixture configFixture;
  private final DeliveryLogFixture deliveryLogFixture;
  private final DeliveryLog log;

  DeliverySearchTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    deliveryLogFixture = new DeliveryLogFixture(configFixture);
    log = new DeliveryLog(configFixture.database().apiTransactions(), (_, _) -> false);
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  @Test
  void search_finds_deliveries_by_delivery_id_event_id_and_reference() {
    DeliveryIds both = deliveryLogFixture.insertEvent(DeliverySpec.at(1));
    UUID here =
        deliveryLogFixture.insertEnded(DeliverySpec.at(1), both, "delivered", null, "automatic");
    UUID there = new UUID(here.getMostSignificantBits() + 1, here.getLeastSignificantBits());
    deliveryLogFixture.insertOpen(
        DeliverySpec.at(1).withEndpoint(OTHER_ENDPOINT),
        new DeliveryIds(both.eventId(), there),
        0,
        null,
        "automatic");
    DeliveryIds later = deliveryLogFixture.insertEvent(DeliverySpec.at(2));
    UUID laterDelivery =
        deliveryLogFixture.insertEnded(DeliverySpec.at(2), later, "delivered", null, "automatic");
    deliveryLogFixture.insertRef(both.eventId(), "7");
    deliveryLogFixture.insertRef(later.eventId(), "7");

    assertThat(listAllPages(log, search(here.toString()), 10)).containsExactly(here);
    assertThat(listAllPages(log, search(both.eventId().toString()), 10))
        .containsExactly(there, here);
    assertThat(listAllPages(log, search("7"), 10)).containsExactly(laterDelivery, there, here);
    assertThat(listAllPages(log, search("7"), 1)).containsExactly(laterDelivery, there, here);
    assertThat(listAllPages(log, search("8"), 10)).isEmpty();
    assertThat(listAllPages(log, search(UUID.randomUUID().toString()), 10)).isEmpty();
    assertThat(
            log.list(
                    new DeliveryFilter(41, null, null, null, null, null, "7", null, null, null),
                    null,
                    10)
                .deliveries())
        .isEmpty();
  }

  @Test
  void search_continues_past_many_events_without_deliveries() {
    UUID found = null;
    for (int i = 0; i < 210; i++) {
      DeliveryIds deliveryIds = deliveryLogFixture.insertEvent(DeliverySpec.at(i));
      deliveryLogFixture.insertRef(deliveryIds.eventId(), "7");
      if (i == 3) {
        found =
            deliveryLogFixture.insertEnded(
                DeliverySpec.at(i), deliveryIds, "delivered", null, "automatic");
      }
    }

    assertThat(listAllPages(log, search("7"), 10)).containsExactly(found);
  }

  private static DeliveryFilter search(String words) {
    return new DeliveryFilter(40, null, null, null, null, null, words, null, null, null);
  }
}
