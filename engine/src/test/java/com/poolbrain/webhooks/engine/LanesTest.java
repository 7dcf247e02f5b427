package com.poolbrain.webhooks.engine;

import static com.poolbrain.webhooks.engine.Given.claims;
import static com.poolbrain.webhooks.engine.Given.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final UUID LIFE = new UUID(7, 7);

  private static final Outcome SUCCESS = new Outcome.Delivered(new Answer(200, ""));

  private final Endpoint first = endpoint(1, 40, "customer.created");
  private final Endpoint second = endpoint(2, 40, "customer.created");
  private final Endpoint other = endpoint(3, 41, "customer.created");
  private final Desk desk = new Desk();

  private Lanes lanes(Capacity capacity) {
    Lanes lanes = new Lanes(capacity, desk);
    lanes.open(true);
    return lanes;
  }

  @Test
  void nothing_starts_before_the_lanes_are_open() {
    Lanes lanes = new Lanes(Capacity.of(10), desk);
    lanes.enterClaimed(owned(claims(first, 0, 1)));
    assertThat(desk.takeStarted()).isEmpty();
    lanes.open(true);
    assertThat(desk.takeStarted()).hasSize(1);
  }

  @Test
  void an_endpoint_is_widened_by_success_and_never_beyond_its_concurrency() {
    desk.paces.put(first.id(), new Pace(5, null));
    Lanes lanes = lanes(Capacity.of(100));
    lanes.enterClaimed(owned(claims(first, 0, 30)));
    assertThat(desk.started).hasSize(2);
    for (int i = 0; i < 10; i++) {
      finish(lanes, desk.started.remove(), SUCCESS);
      assertThat(lanes.load().running()).isLessThanOrEqualTo(5);
    }
    assertThat(lanes.load().running()).isEqualTo(5);
  }

  @Test
  void companies_take_turns_however_much_one_of_them_has() {
    Lanes lanes = new Lanes(Capacity.of(4), desk);
    lanes.enterClaimed(owned(claims(first, 0, 50)));
    lanes.enterClaimed(owned(claims(second, 50, 100)));
    lanes.enterClaimed(owned(claims(other, 100, 102)));
    lanes.open(true);
    assertThat(desk.takeStarted()).containsExactly(first.id(), other.id(), second.id(), other.id());
  }

  @Test
  void a_company_has_at_most_half_while_others_wait() {
    Lanes lanes = lanes(Capacity.of(4));
    lanes.enterClaimed(owned(claims(first, 0, 50)));
    lanes.enterClaimed(owned(claims(second, 50, 100)));
    Claim running = desk.started.getFirst();
    assertThat(desk.takeStarted()).hasSize(4);
    lanes.enterClaimed(owned(claims(other, 100, 110)));
    finish(lanes, running, SUCCESS);
    assertThat(desk.takeStarted()).containsExactly(other.id());
  }

  @Test
  void retries_and_first_attempts_take_turns() {
    desk.paces.put(first.id(), new Pace(1, null));
    Lanes lanes = lanes(Capacity.of(10));
    List<Claim> work = new ArrayList<>(claims(first, 0, 3));
    claims(first, 10, 13).forEach(it -> work.add(retry(it)));
    lanes.enterClaimed(owned(work));
    List<Integer> attempts = new ArrayList<>();
    while (!desk.started.isEmpty()) {
      Claim next = desk.started.remove();
      attempts.add(next.attempts());
      finish(lanes, next, SUCCESS);
    }
    assertThat(attempts).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void a_rate_lets_through_its_burst_and_then_so_many_a_second() {
    desk.paces.put(first.id(), new Pace(100, 2.0));
    Lanes lanes = lanes(Capacity.of(100));
    lanes.enterClaimed(owned(claims(first, 0, 10)));
    assertThat(desk.started).hasSize(2);
    finish(lanes, desk.started.remove(), SUCCESS);
    finish(lanes, desk.started.remove(), SUCCESS);
    assertThat(desk.started).isEmpty();
    assertThat(lanes.release().toMillis()).isEqualTo(500);
    desk.now += 500_000_000;
    lanes.release();
    assertThat(desk.takeStarted()).hasSize(1);
  }

  @Test
  void a_rate_that_is_lifted_counts_at_once() {
    desk.paces.put(first.id(), new Pace(2, 0.01));
    Lanes lanes = lanes(Capacity.of(100));
    lanes.enterClaimed(owned(claims(first, 0, 10)));
    finish(lanes, desk.started.remove(), SUCCESS);
    assertThat(desk.started).isEmpty();
    desk.paces.put(first.id(), new Pace(2, null));
    lanes.reconsider();
    assertThat(desk.started).hasSize(2);
  }

  @Test
  void what_sends_nothing_takes_no_part_of_the_rate() {
    desk.paces.put(first.id(), new Pace(100, 1.0));
    Lanes lanes = lanes(Capacity.of(100));
    lanes.enterClaimed(owned(claims(first, 0, 10)));
    for (int i = 0; i < 5; i++) {
      lanes.sentNothing(desk.started.remove());
      lanes.settled(1);
    }
    assertThat(desk.started).hasSize(1);
    finish(lanes, desk.started.remove(), SUCCESS);
    assertThat(desk.started).isEmpty();
    assertThat(lanes.release().toMillis()).isEqualTo(1_000);
  }

  @Test
  void no_attempt_starts_without_a_place_for_its_result() {
    Lanes lanes = lanes(new Capacity(100, 3, 1_000, 32, 1 << 20));
    desk.paces.put(first.id(), new Pace(100, null));
    lanes.enterClaimed(owned(claims(first, 0, 10)));
    Claim one = desk.started.remove();
    Claim two = desk.started.remove();
    lanes.finished(one, SUCCESS);
    lanes.finished(two, SUCCESS);
    assertThat(desk.started).hasSize(1);
    lanes.settled(2);
    assertThat(desk.started).hasSize(3);
  }

  @Test
  void what_finds_no_room_overflows_until_the_ledger_has_nothing_more() {
    Lanes lanes = new Lanes(new Capacity(10, 40, 3, 1, 1 << 20), desk);
    List<Boolean> admitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      admitted.add(lanes.admit(40, first.id(), 16));
    }
    assertThat(admitted).containsExactly(true, true, true, false, false);
    assertThat(lanes.admit(41, other.id(), 16)).isTrue();
    lanes.enter(owned(claims(first, 0, 3)));
    lanes.open(true);
    assertThat(desk.hungry).isPositive();
    assertThat(lanes.hungry()).containsExactly(first.id());
    assertThat(lanes.admit(40, first.id(), 16)).isFalse();
    lanes.caughtUp(first.id());
    assertThat(lanes.admit(40, first.id(), 16)).isTrue();
  }

  @Test
  void bytes_bound_what_waits_and_are_given_back() {
    Lanes lanes = lanes(new Capacity(10, 40, 1_000, 32, 2_000));
    assertThat(lanes.admit(40, first.id(), 900)).isTrue();
    assertThat(lanes.admit(41, other.id(), 900)).isFalse();
    lanes.enterClaimed(owned(claims(second, 0, 40)));
    desk.started.forEach(it -> lanes.remove(40, it.id()));
    lanes.clear();
    assertThat(lanes.load().bytes()).isEqualTo(900 + Capacity.CLAIM_OVERHEAD);
  }

  @Test
  void a_cancelled_claim_is_taken_out_only_for_its_own_company() {
    Lanes lanes = new Lanes(Capacity.of(10), desk);
    lanes.enterClaimed(owned(claims(first, 0, 2)));
    assertThat(lanes.remove(41, Given.id(1))).isNull();
    Owned removed = lanes.remove(40, Given.id(1));
    assertThat(removed).isNotNull();
    lanes.open(true);
    assertThat(desk.started).hasSize(1);
  }

  private static List<Owned> owned(List<Claim> claims) {
    return Owned.all(claims, LIFE);
  }

  private static Claim retry(Claim it) {
    return new Claim(
        it.id(), it.event(), it.endpointId(), it.name(), it.trigger(), 1, 1, it.dueAt());
  }

  private static void finish(Lanes lanes, Claim claim, Outcome outcome) {
    lanes.finished(claim, outcome);
    lanes.settled(1);
  }
}
