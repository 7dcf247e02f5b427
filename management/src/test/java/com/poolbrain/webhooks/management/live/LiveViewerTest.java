package com.poolbrain.webhooks.management.live;

import static com.poolbrain.webhooks.domain.DeliveryStatus.DELIVERED;
import static com.poolbrain.webhooks.domain.DeliveryStatus.PENDING;
import static com.poolbrain.webhooks.domain.DeliveryStatus.RETRYING;
import static com.poolbrain.webhooks.management.live.LiveFixtures.delivery;
import static com.poolbrain.webhooks.management.live.LiveFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewerTest {

  private static final int JOINED = 1_000;

  private final LiveViewer viewer = viewer(DeliveryFilter.ofCompany(40));

  private static LiveViewer viewer(DeliveryFilter filter) {
    return new LiveViewer(new UUID(1, 1), filter, id(JOINED), ManualClock.advancedByWaits());
  }

  private static List<LoggedDelivery> deliveries(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> delivery(i, DELIVERED)).toList();
  }

  private static DeliveryFilter onlyWith(DeliveryStatus status) {
    return new DeliveryFilter(40, status, null, null, null, null, null, null, null, null);
  }

  @Test
  void first_batch_is_the_page_oldest_first() throws Exception {
    viewer.begin(List.of(delivery(5, PENDING), delivery(3, DELIVERED)));
    assertThat(viewer.next())
        .isEqualTo(new LiveBatch(List.of(delivery(3, DELIVERED), delivery(5, PENDING)), true));
  }

  @Test
  void viewer_that_takes_nothing_gets_the_latest_state_of_each_delivery_once() throws Exception {
    viewer.offer(List.of(delivery(2_000, PENDING), delivery(2_001, PENDING)), true);
    viewer.offer(List.of(delivery(2_000, RETRYING)), true);
    viewer.offer(List.of(delivery(2_000, DELIVERED)), true);
    assertThat(viewer.next())
        .isEqualTo(
            new LiveBatch(List.of(delivery(2_000, DELIVERED), delivery(2_001, PENDING)), true));
  }

  @Test
  void heartbeat_is_an_empty_batch() throws Exception {
    assertThat(viewer.next()).isEqualTo(new LiveBatch(List.of(), true));
  }

  @Test
  void old_delivery_is_told_only_if_it_is_shown() throws Exception {
    viewer.begin(List.of(delivery(5, RETRYING)));
    viewer.next();
    viewer.offer(List.of(delivery(4, DELIVERED), delivery(5, DELIVERED)), true);
    assertThat(viewer.next()).isEqualTo(new LiveBatch(List.of(delivery(5, DELIVERED)), true));
  }

  @Test
  void shown_delivery_that_no_longer_matches_the_filter_is_told() throws Exception {
    LiveViewer ofRetrying = viewer(onlyWith(RETRYING));
    ofRetrying.offer(List.of(delivery(2_000, RETRYING), delivery(2_001, DELIVERED)), true);
    assertThat(ofRetrying.next())
        .isEqualTo(new LiveBatch(List.of(delivery(2_000, RETRYING)), true));
    ofRetrying.offer(List.of(delivery(2_000, DELIVERED)), true);
    assertThat(ofRetrying.next())
        .isEqualTo(new LiveBatch(List.of(delivery(2_000, DELIVERED)), true));
  }

  @Test
  void more_than_fits_is_cut_from_its_old_end_and_said_once() throws Exception {
    viewer.offer(deliveries(2_000, LiveViewer.MAX_WAITING + 5), true);
    assertThat(viewer.next())
        .isEqualTo(new LiveBatch(deliveries(2_005, LiveViewer.MAX_WAITING), false));
    viewer.offer(List.of(delivery(3_000, PENDING)), true);
    assertThat(viewer.next()).isEqualTo(new LiveBatch(List.of(delivery(3_000, PENDING)), true));
    viewer.offer(List.of(), false);
    assertThat(viewer.next()).isEqualTo(new LiveBatch(List.of(), false));
  }

  @Test
  void number_of_shown_deliveries_is_bounded() {
    viewer.offer(deliveries(2_000, LiveViewer.MAX_SHOWN + 50), true);
    assertThat(viewer.shown()).hasSize(LiveViewer.MAX_SHOWN).startsWith(id(2_050));
  }

  @Test
  void closed_viewer_gets_nothing() throws Exception {
    viewer.offer(List.of(delivery(2_000, PENDING)), true);
    viewer.close();
    viewer.close();
    assertThat(viewer.next()).isNull();
  }
}
