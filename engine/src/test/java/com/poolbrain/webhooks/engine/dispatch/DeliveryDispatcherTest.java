package com.poolbrain.webhooks.engine.dispatch;

import static com.poolbrain.webhooks.engine.Fixtures.NOW;
import static com.poolbrain.webhooks.engine.Fixtures.claims;
import static com.poolbrain.webhooks.engine.Fixtures.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Fixtures;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryDispatcherTest {

  private static final UUID INCARNATION = new UUID(7, 7);

  private static final Outcome SUCCESS = new Outcome.Delivered(new EndpointResponse(200, ""));

  private final Endpoint first = endpoint(1, 40, "customer.created");
  private final Endpoint second = endpoint(2, 40, "customer.created");
  private final Endpoint other = endpoint(3, 41, "customer.created");
  private final FakeDispatchContext context = new FakeDispatchContext();

  private DeliveryDispatcher openDispatcher(DispatchLimits limits) {
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(limits, context);
    dispatcher.onLeaseRenewed(List.of(), 1);
    return dispatcher;
  }

  @Test
  void no_attempt_starts_before_the_dispatcher_is_open() {
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(DispatchLimits.of(10), context);
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 1)));
    assertThat(context.takeStarted()).isEmpty();
    dispatcher.onLeaseRenewed(List.of(), 1);
    assertThat(context.takeStarted()).hasSize(1);
  }

  @Test
  void successes_grow_the_concurrency_window_up_to_the_endpoint_limit() {
    context.quotas.put(first.id(), new EndpointQuota(5, null));
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(100));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 30)));
    assertThat(context.started).hasSize(2);
    for (int i = 0; i < 10; i++) {
      finishAndRecord(dispatcher, context.started.remove(), SUCCESS);
      assertThat(dispatcher.load().running()).isLessThanOrEqualTo(5);
    }
    assertThat(dispatcher.load().running()).isEqualTo(5);
  }

  @Test
  void companies_take_turns_regardless_of_queue_length() {
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(DispatchLimits.of(4), context);
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 50)));
    dispatcher.enqueueClaimed(ownedClaims(claims(second, 50, 100)));
    dispatcher.enqueueClaimed(ownedClaims(claims(other, 100, 102)));
    dispatcher.onLeaseRenewed(List.of(), 1);
    assertThat(context.takeStarted())
        .containsExactly(first.id(), other.id(), second.id(), other.id());
  }

  @Test
  void company_runs_at_most_half_of_all_attempts_while_others_wait() {
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(4));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 50)));
    dispatcher.enqueueClaimed(ownedClaims(claims(second, 50, 100)));
    Claim running = context.started.getFirst();
    assertThat(context.takeStarted()).hasSize(4);
    dispatcher.enqueueClaimed(ownedClaims(claims(other, 100, 110)));
    finishAndRecord(dispatcher, running, SUCCESS);
    assertThat(context.takeStarted()).containsExactly(other.id());
  }

  @Test
  void retries_and_first_attempts_take_turns() {
    context.quotas.put(first.id(), new EndpointQuota(1, null));
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(10));
    List<Claim> work = new ArrayList<>(claims(first, 0, 3));
    claims(first, 10, 13).forEach(claim -> work.add(retry(claim)));
    dispatcher.enqueueClaimed(ownedClaims(work));
    List<Integer> attempts = new ArrayList<>();
    while (!context.started.isEmpty()) {
      Claim next = context.started.remove();
      attempts.add(next.attempts());
      finishAndRecord(dispatcher, next, SUCCESS);
    }
    assertThat(attempts).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void claims_of_background_jobs_come_when_nothing_else_waits() {
    context.quotas.put(first.id(), new EndpointQuota(1, null));
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(DispatchLimits.of(10), context);
    List<Claim> background =
        claims(first, 0, 3).stream().map(DeliveryDispatcherTest::background).toList();
    dispatcher.enqueueClaimed(ownedClaims(background));
    dispatcher.enqueueClaimed(ownedClaims(List.of(retry(claims(first, 10, 11).getFirst()))));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 20, 22)));
    dispatcher.onLeaseRenewed(List.of(), 1);
    List<UUID> order = new ArrayList<>();
    while (!context.started.isEmpty()) {
      Claim next = context.started.remove();
      order.add(next.id());
      if (next.id().equals(Fixtures.id(0))) { // live traffic that arrives later comes next
        dispatcher.enqueueClaimed(ownedClaims(claims(first, 30, 31)));
      }
      finishAndRecord(dispatcher, next, SUCCESS);
    }
    assertThat(order)
        .containsExactly(Stream.of(20, 10, 21, 0, 30, 1, 2).map(Fixtures::id).toArray(UUID[]::new));
  }

  @Test
  void waiting_claims_of_a_company_include_those_of_background_jobs() {
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(DispatchLimits.of(10), context);
    List<Claim> waiting =
        List.of(
            claims(first, 0, 1).getFirst(),
            retry(claims(first, 1, 2).getFirst()),
            background(claims(second, 2, 3).getFirst()));
    dispatcher.enqueueClaimed(ownedClaims(waiting));
    dispatcher.enqueueClaimed(ownedClaims(claims(other, 3, 4)));

    assertThat(dispatcher.waitingOf(40))
        .extracting(OwnedClaim::claim)
        .containsExactlyInAnyOrderElementsOf(waiting);
  }

  @Test
  void rate_limit_allows_its_burst_and_then_its_rate() {
    context.quotas.put(first.id(), new EndpointQuota(100, 2.0));
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(100));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 10)));
    assertThat(context.started).hasSize(2);
    finishAndRecord(dispatcher, context.started.remove(), SUCCESS);
    finishAndRecord(dispatcher, context.started.remove(), SUCCESS);
    assertThat(context.started).isEmpty();
    assertThat(dispatcher.releaseWaiting().toMillis()).isEqualTo(500);
    context.now += 500_000_000;
    dispatcher.releaseWaiting();
    assertThat(context.takeStarted()).hasSize(1);
  }

  @Test
  void removed_rate_limit_takes_effect_at_once() {
    context.quotas.put(first.id(), new EndpointQuota(2, 0.01));
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(100));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 10)));
    finishAndRecord(dispatcher, context.started.remove(), SUCCESS);
    assertThat(context.started).isEmpty();
    context.quotas.put(first.id(), new EndpointQuota(2, null));
    dispatcher.onLeaseRenewed(List.of(), 2);
    assertThat(context.started).hasSize(2);
  }

  @Test
  void unsent_attempts_do_not_consume_the_rate_limit() {
    context.quotas.put(first.id(), new EndpointQuota(100, 1.0));
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(100));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 10)));
    for (int i = 0; i < 5; i++) {
      Claim claim = context.started.remove();
      dispatcher.recordUnsent(claim);
      dispatcher.onAbandoned(claim);
    }
    assertThat(context.started).hasSize(1);
    finishAndRecord(dispatcher, context.started.remove(), SUCCESS);
    assertThat(context.started).isEmpty();
    assertThat(dispatcher.releaseWaiting().toMillis()).isEqualTo(1_000);
  }

  @Test
  void no_attempt_starts_beyond_the_limit_of_unrecorded_results() {
    DeliveryDispatcher dispatcher = openDispatcher(new DispatchLimits(100, 3, 1_000, 32, 1 << 20));
    context.quotas.put(first.id(), new EndpointQuota(100, null));
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 10)));
    Claim firstClaim = context.started.remove();
    Claim secondClaim = context.started.remove();
    dispatcher.recordEnd(firstClaim, SUCCESS);
    dispatcher.recordEnd(secondClaim, SUCCESS);
    assertThat(context.started).hasSize(1);
    dispatcher.onAbandoned(firstClaim);
    dispatcher.onAbandoned(secondClaim);
    assertThat(context.started).hasSize(3);
  }

  @Test
  void full_queue_takes_no_reservations_until_the_ledger_is_caught_up() {
    DeliveryDispatcher dispatcher =
        new DeliveryDispatcher(new DispatchLimits(10, 40, 3, 1, 1 << 20), context);
    List<Boolean> reserved = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      reserved.add(reserve(dispatcher, first, 16));
    }
    assertThat(reserved).containsExactly(true, true, true, false, false);
    assertThat(reserve(dispatcher, other, 16)).isTrue();
    dispatcher.enqueueReserved(ownedClaims(claims(first, 0, 3)));
    dispatcher.onLeaseRenewed(List.of(), 1);
    assertThat(context.refillRequests).isPositive();
    assertThat(dispatcher.endpointsNeedingRefill()).containsExactly(first.id());
    assertThat(reserve(dispatcher, first, 16)).isFalse();
    dispatcher.setOverflowing(first.id(), false);
    assertThat(reserve(dispatcher, first, 16)).isTrue();
  }

  @Test
  void byte_limit_bounds_waiting_claims_and_is_released() {
    DeliveryDispatcher dispatcher = openDispatcher(new DispatchLimits(10, 40, 1_000, 32, 2_000));
    assertThat(reserve(dispatcher, first, 900)).isTrue();
    assertThat(reserve(dispatcher, other, 900)).isFalse();
    dispatcher.enqueueClaimed(ownedClaims(claims(second, 0, 40)));
    context.started.forEach(claim -> dispatcher.removeWaiting(40, claim.id()));
    dispatcher.onIncarnationRestarted();
    assertThat(dispatcher.load().bytes()).isEqualTo(900 + DispatchLimits.CLAIM_OVERHEAD_BYTES);
  }

  @Test
  void waiting_claim_is_removed_only_for_its_own_company() {
    DeliveryDispatcher dispatcher = new DeliveryDispatcher(DispatchLimits.of(10), context);
    dispatcher.enqueueClaimed(ownedClaims(claims(first, 0, 2)));
    assertThat(dispatcher.removeWaiting(41, Fixtures.id(1))).isNull();
    OwnedClaim removed = dispatcher.removeWaiting(40, Fixtures.id(1));
    assertThat(removed).isNotNull();
    dispatcher.onLeaseRenewed(List.of(), 1);
    assertThat(context.started).hasSize(1);
  }

  private static List<OwnedClaim> ownedClaims(List<Claim> claims) {
    return OwnedClaim.ofAll(claims, INCARNATION);
  }

  private static Claim retry(Claim claim) {
    return new Claim(
        claim.id(),
        claim.event(),
        claim.endpointId(),
        claim.eventName(),
        claim.trigger(),
        1,
        1,
        claim.dueAt());
  }

  private static Claim background(Claim claim) {
    return new Claim(
        claim.id(),
        claim.event(),
        claim.endpointId(),
        claim.eventName(),
        claim.trigger(),
        0,
        1,
        claim.dueAt(),
        true);
  }

  /// Reserves space for a delivery with that many bytes of data, and returns whether there was
  /// some.
  private static boolean reserve(DeliveryDispatcher dispatcher, Endpoint endpoint, int bytes) {
    Plan plan = new Plan(List.of(), List.of(reservable(endpoint, bytes)), Map.of());
    return dispatcher.reserve(List.of(plan)).plans().getFirst().deliveries().getFirst().owned();
  }

  @Test
  void released_reservation_frees_its_space() {
    DeliveryDispatcher dispatcher =
        new DeliveryDispatcher(new DispatchLimits(10, 40, 3, 1, 1 << 20), context);
    NewDelivery delivery = reservable(first, 16);
    try (QueueReservation reservation =
        dispatcher.reserve(List.of(new Plan(List.of(), List.of(delivery), Map.of())))) {
      assertThat(reservation.plans().getFirst().deliveries()).containsExactly(delivery);
      assertThat(dispatcher.load().bytes()).isPositive();
    }
    assertThat(dispatcher.load().bytes()).isZero();
  }

  @Test
  void committed_reservation_queues_its_deliveries() {
    DeliveryDispatcher dispatcher = openDispatcher(DispatchLimits.of(10));
    NewDelivery delivery = reservable(first, 16);
    try (QueueReservation reservation =
        dispatcher.reserve(List.of(new Plan(List.of(), List.of(delivery), Map.of())))) {
      reservation.commit(INCARNATION);
    }
    assertThat(context.started).containsExactly(delivery.toClaim());
  }

  private static NewDelivery reservable(Endpoint endpoint, int bytes) {
    Event event =
        new Event(
            new UUID(0x0190_0000_0000_7000L, 1),
            endpoint.companyId(),
            "customer.created",
            NOW,
            1,
            new byte[bytes]);
    return new NewDelivery(
        Fixtures.id(8), event, endpoint.id(), event.type(), Trigger.AUTOMATIC, true, null);
  }

  private static void finishAndRecord(DeliveryDispatcher dispatcher, Claim claim, Outcome outcome) {
    dispatcher.recordEnd(claim, outcome);
    dispatcher.onAbandoned(claim);
  }
}
