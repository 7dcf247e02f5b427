package com.poolbrain.webhooks.engine;

import static com.poolbrain.webhooks.engine.Given.claims;
import static com.poolbrain.webhooks.engine.Given.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What endpoints that cost time or connections may take from the others.
class NarrowLanesTest {

  private static final UUID LIFE = new UUID(7, 7);
  private static final Outcome SUCCESS = new Outcome.Delivered(new Answer(200, ""));
  private static final Outcome RESET = new Outcome.Failed(ErrorClass.CONNECTION_RESET);

  /// 80 at a time and 4 failures a second for all narrow lanes.
  private static final Capacity CAPACITY = new Capacity(320, 1_280, 1_000, 32, 1 << 20);

  private final Desk desk = new Desk();
  private final Lanes lanes = new Lanes(CAPACITY, desk);

  NarrowLanesTest() {
    lanes.open(true);
  }

  @Test
  void after_five_failures_an_endpoint_has_two_at_a_time_and_all_such_a_quarter() {
    Lanes few = new Lanes(Capacity.of(8), desk);
    few.open(true);
    for (int i = 0; i < 4; i++) {
      enter(few, i, 40);
    }
    for (int i = 0; i < 80; i++) {
      finish(few, RESET);
      desk.now += 1_000_000_000;
      few.release();
    }
    assertThat(few.load().running()).isEqualTo(2);
    Endpoint other = enter(few, 9, 4);
    assertThat(desk.started.stream().filter(it -> it.endpointId().equals(other.id()))).hasSize(2);
  }

  @Test
  void what_fails_fast_fails_so_often_a_second_and_no_more() {
    for (int i = 0; i < 3; i++) {
      enter(lanes, i, 100);
    }
    int failed = failAll();
    assertThat(failed).isEqualTo(3 * 6 + 1);

    assertThat(lanes.release()).isEqualTo(Duration.ofMillis(250));
    int perSecond = 0;
    for (int i = 0; i < 8; i++) {
      desk.now += 250_000_000;
      lanes.release();
      perSecond += failAll();
    }
    assertThat(perSecond).isEqualTo(8);
  }

  private int failAll() {
    int failed = 0;
    while (!desk.started.isEmpty()) {
      finish(lanes, RESET);
      failed++;
    }
    return failed;
  }

  @Test
  void who_waits_for_the_trouble_to_calm_down_is_looked_after_once() {
    enter(lanes, 0, 100);
    failAll();
    assertThat(desk.throttled).isEqualTo(1);
    enter(lanes, 0, 1);
    assertThat(desk.throttled).isEqualTo(1);
  }

  @Test
  void what_goes_well_again_costs_nothing() {
    Endpoint well = enter(lanes, 0, 100);
    failAll();
    desk.now += 250_000_000;
    lanes.release();
    int delivered = 0;
    while (!desk.started.isEmpty()) {
      assertThat(desk.started.getFirst().endpointId()).isEqualTo(well.id());
      finish(lanes, SUCCESS);
      delivered++;
    }
    assertThat(delivered).isEqualTo(100 - 6 - 1);
  }

  @Test
  void others_do_not_wait_for_the_trouble_to_calm_down() {
    enter(lanes, 0, 100);
    failAll();
    Endpoint other = enter(lanes, 1, 1);
    assertThat(desk.takeStarted()).containsExactly(other.id());
  }

  private Endpoint enter(Lanes where, int which, int claims) {
    Endpoint endpoint = endpoint(10 + which, 50 + which, "customer.created");
    where.enterClaimed(Owned.all(claims(endpoint, 1_000 * which, 1_000 * which + claims), LIFE));
    return endpoint;
  }

  private void finish(Lanes where, Outcome outcome) {
    where.finished(desk.started.remove(), outcome);
    where.settled(1);
  }
}
