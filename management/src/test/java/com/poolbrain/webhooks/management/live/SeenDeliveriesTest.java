package com.poolbrain.webhooks.management.live;

import static com.poolbrain.webhooks.domain.DeliveryStatus.DELIVERED;
import static com.poolbrain.webhooks.domain.DeliveryStatus.PENDING;
import static com.poolbrain.webhooks.domain.DeliveryStatus.RETRYING;
import static com.poolbrain.webhooks.management.live.LiveFixtures.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.management.live.SeenDeliveries.Changes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenDeliveriesTest {

  private final SeenDeliveries seen = new SeenDeliveries();

  @Test
  void first_look_tells_everything_oldest_first() {
    assertThat(seen.replace(List.of(delivery(2, PENDING), delivery(1, DELIVERED))))
        .isEqualTo(new Changes(List.of(delivery(1, DELIVERED), delivery(2, PENDING)), 2));
  }

  @Test
  void look_tells_what_is_new_and_what_differs_and_nothing_else() {
    seen.replace(List.of(delivery(1, PENDING), delivery(2, PENDING), delivery(3, RETRYING)));
    assertThat(
            seen.replace(
                List.of(
                    delivery(4, PENDING),
                    delivery(3, RETRYING),
                    delivery(2, DELIVERED),
                    delivery(1, PENDING))))
        .isEqualTo(new Changes(List.of(delivery(2, DELIVERED), delivery(4, PENDING)), 1));
    assertThat(seen.replace(List.of(delivery(4, PENDING)))).isEqualTo(new Changes(List.of(), 0));
  }

  @Test
  void delivery_that_a_viewer_has_is_told_only_when_it_changes() {
    seen.add(List.of(delivery(1, PENDING), delivery(2, PENDING)));
    assertThat(seen.replace(List.of(delivery(1, PENDING), delivery(2, DELIVERED))))
        .isEqualTo(new Changes(List.of(delivery(2, DELIVERED)), 0));
  }

  @Test
  void what_a_further_viewer_has_does_not_hide_a_change_from_the_others() {
    seen.replace(List.of(delivery(1, PENDING)));
    seen.add(List.of(delivery(1, DELIVERED)));
    assertThat(seen.replace(List.of(delivery(1, DELIVERED))).deliveries())
        .containsExactly(delivery(1, DELIVERED));
  }
}
