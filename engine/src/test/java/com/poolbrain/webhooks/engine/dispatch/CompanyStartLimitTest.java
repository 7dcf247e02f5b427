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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a company may begin at once, alone and beside others.
class CompanyStartLimitTest {

  private static final UUID INCARNATION = new UUID(7, 7);
  private static final Outcome SUCCESS = new Outcome.Delivered(new EndpointResponse(200, ""));
  private static final long BUSY_COMPANY = 40;
  private static final long OTHER_COMPANY = 41;
  private static final int START_BURST = DispatchLimits.of(2_000).companyStartBurst();

  private final FakeDispatchContext context = new FakeDispatchContext();
  private final DeliveryDispatcher dispatcher =
      new DeliveryDispatcher(DispatchLimits.of(2_000), context);
  private int claimCount;

  CompanyStartLimitTest() {
    dispatcher.onLeaseRenewed(List.of(), 1);
  }

  @Test
  void single_active_company_starts_all_its_endpoints_allow() {
    enqueueBurst(BUSY_COMPANY);

    assertThat(context.takeStarted()).hasSize(60);
  }

  @Test
  void each_of_several_active_companies_starts_at_most_its_burst() {
    runBothCompanies();

    assertThat(enqueueBurst(BUSY_COMPANY)).isEqualTo(START_BURST);
    assertThat(enqueueBurst(OTHER_COMPANY)).isEqualTo(START_BURST);
  }

  @Test
  void next_attempt_starts_when_a_recent_attempt_ends() {
    runBothCompanies();
    enqueueBurst(BUSY_COMPANY);

    for (int i = 0; i < 60 - START_BURST; i++) {
      dispatcher.recordEnd(context.started.remove(), SUCCESS);
      assertThat(context.started).hasSize(START_BURST);
    }
    dispatcher.recordEnd(context.started.remove(), SUCCESS);
    assertThat(context.started).hasSize(START_BURST - 1);
  }

  @Test
  void attempts_older_than_a_millisecond_do_not_count_as_recent_starts() {
    runBothCompanies();
    enqueueBurst(BUSY_COMPANY);
    int releaseRequests = context.releaseRequests;

    assertThat(dispatcher.releaseWaiting()).isEqualTo(Duration.ofMillis(5));
    assertThat(releaseRequests).isEqualTo(1);
    context.now += 999_999;
    dispatcher.releaseWaiting();
    assertThat(context.started).hasSize(START_BURST);

    context.now += 1;
    dispatcher.releaseWaiting();
    assertThat(context.started).hasSize(2 * START_BURST);
  }

  @Test
  void hanging_endpoint_does_not_limit_starts_of_other_companies() {
    Endpoint hanging = endpoint(1, OTHER_COMPANY, "customer.created");
    dispatcher.enqueueClaimed(OwnedClaim.ofAll(claims(hanging, 0, 20), INCARNATION));
    for (int i = 0; i < 5; i++) {
      dispatcher.recordEnd(
          context.started.remove(), new Outcome.Failed(ErrorClass.RESPONSE_TIMEOUT));
    }
    int running = context.started.size();
    context.now += Duration.ofSeconds(1).toNanos();
    dispatcher.releaseWaiting();

    assertThat(context.started.size()).isGreaterThan(running);
    assertThat(enqueueBurst(BUSY_COMPANY)).isEqualTo(60);
  }

  @Test
  void start_limit_ends_when_other_companies_become_inactive() {
    runBothCompanies();
    enqueueBurst(BUSY_COMPANY);
    context.now += Duration.ofSeconds(1).toNanos();
    dispatcher.releaseWaiting();

    assertThat(context.started).hasSize(60);
    assertThat(dispatcher.releaseWaiting()).isEqualTo(Duration.ofSeconds(1));
  }

  /// One attempt of each company, so that there are several.
  private void runBothCompanies() {
    enqueue(BUSY_COMPANY, 1);
    enqueue(OTHER_COMPANY, 1);
    while (!context.started.isEmpty()) {
      dispatcher.recordEnd(context.started.remove(), SUCCESS);
    }
  }

  /// Two deliveries for each of thirty endpoints of a company.
  ///
  /// @return how many of them began
  private int enqueueBurst(long companyId) {
    int before = context.started.size();
    enqueue(companyId, 30);
    return context.started.size() - before;
  }

  private void enqueue(long companyId, int endpoints) {
    List<Claim> all = new ArrayList<>();
    for (int i = 0; i < endpoints; i++) {
      Endpoint endpoint = endpoint(100 * companyId + i, companyId, "customer.created");
      all.addAll(claims(endpoint, claimCount, claimCount + 2));
      claimCount += 2;
    }
    dispatcher.enqueueClaimed(OwnedClaim.ofAll(all, INCARNATION));
  }
}
