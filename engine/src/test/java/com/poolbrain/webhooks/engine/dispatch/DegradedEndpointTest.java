package com.poolbrain.webhooks.engine.dispatch;

import static com.poolbrain.webhooks.engine.Fixtures.claims;
import static com.poolbrain.webhooks.engine.Fixtures.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.ledger.Claim;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What endpoints that cost time or connections may take from the others.
class DegradedEndpointTest {

  private static final UUID INCARNATION = new UUID(7, 7);
  private static final Outcome SUCCESS = new Outcome.Delivered(new EndpointResponse(200, ""));
  private static final Outcome RESET = new Outcome.Failed(ErrorClass.CONNECTION_RESET);

  /// 80 attempts at a time and 4 failures a second over all degraded endpoints.
  private static final DispatchLimits LIMITS = new DispatchLimits(320, 1_280, 1_000, 32, 1 << 20);

  private final FakeDispatchContext context = new FakeDispatchContext();
  private final DeliveryDispatcher dispatcher = new DeliveryDispatcher(LIMITS, context);

  DegradedEndpointTest() {
    dispatcher.onLeaseRenewed(List.of(), 1);
  }

  @Test
  void five_failures_degrade_an_endpoint_and_degraded_endpoints_share_a_quarter_of_attempts() {
    DeliveryDispatcher smallDispatcher = new DeliveryDispatcher(DispatchLimits.of(8), context);
    smallDispatcher.onLeaseRenewed(List.of(), 1);
    for (int i = 0; i < 4; i++) {
      enqueue(smallDispatcher, i, 40);
    }
    for (int i = 0; i < 80; i++) {
      finish(smallDispatcher, RESET);
      context.now += 1_000_000_000;
      smallDispatcher.releaseWaiting();
    }
    assertThat(smallDispatcher.load().running()).isEqualTo(2);
    Endpoint other = enqueue(smallDispatcher, 9, 4);
    assertThat(context.started.stream().filter(claim -> claim.endpointId().equals(other.id())))
        .hasSize(2);
  }

  @Test
  void fast_failures_of_degraded_endpoints_are_limited_per_second() {
    for (int i = 0; i < 3; i++) {
      enqueue(dispatcher, i, 100);
    }
    int failed = failAll();
    assertThat(failed).isEqualTo(3 * 6 + 1);

    assertThat(dispatcher.releaseWaiting()).isEqualTo(Duration.ofMillis(250));
    int perSecond = 0;
    for (int i = 0; i < 8; i++) {
      context.now += 250_000_000;
      dispatcher.releaseWaiting();
      perSecond += failAll();
    }
    assertThat(perSecond).isEqualTo(8);
  }

  private int failAll() {
    int failed = 0;
    while (!context.started.isEmpty()) {
      finish(dispatcher, RESET);
      failed++;
    }
    return failed;
  }

  @Test
  void waiting_for_failure_budget_requests_release_once() {
    enqueue(dispatcher, 0, 100);
    failAll();
    assertThat(context.releaseRequests).isEqualTo(1);
    enqueue(dispatcher, 0, 1);
    assertThat(context.releaseRequests).isEqualTo(1);
  }

  @Test
  void recovered_endpoint_consumes_no_failure_budget() {
    Endpoint recovering = enqueue(dispatcher, 0, 100);
    failAll();
    context.now += 250_000_000;
    dispatcher.releaseWaiting();
    int delivered = 0;
    while (!context.started.isEmpty()) {
      assertThat(context.started.getFirst().endpointId()).isEqualTo(recovering.id());
      finish(dispatcher, SUCCESS);
      delivered++;
    }
    assertThat(delivered).isEqualTo(100 - 6 - 1);
  }

  @Test
  void healthy_endpoint_does_not_wait_for_failure_budget() {
    enqueue(dispatcher, 0, 100);
    failAll();
    Endpoint other = enqueue(dispatcher, 1, 1);
    assertThat(context.takeStarted()).containsExactly(other.id());
  }

  private Endpoint enqueue(DeliveryDispatcher target, int index, int claims) {
    Endpoint endpoint = endpoint(10 + index, 50 + index, "customer.created");
    target.enqueueClaimed(
        OwnedClaim.ofAll(claims(endpoint, 1_000 * index, 1_000 * index + claims), INCARNATION));
    return endpoint;
  }

  private void finish(DeliveryDispatcher target, Outcome outcome) {
    Claim claim = context.started.remove();
    target.recordEnd(claim, outcome);
    target.onAbandoned(claim);
  }
}
