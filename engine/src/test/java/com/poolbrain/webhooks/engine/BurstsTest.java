package com.poolbrain.webhooks.engine;

import static com.poolbrain.webhooks.engine.Given.claims;
import static com.poolbrain.webhooks.engine.Given.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a company may begin at once, alone and beside others.
class BurstsTest {

  private static final UUID LIFE = new UUID(7, 7);
  private static final Outcome SUCCESS = new Outcome.Delivered(new Answer(200, ""));
  private static final long LOUD = 40;
  private static final long QUIET = 41;
  private static final int FRESH = Capacity.of(2_000).companyFresh();

  private final Desk desk = new Desk();
  private final Lanes lanes = new Lanes(Capacity.of(2_000), desk);
  private int claims;

  BurstsTest() {
    lanes.open(true);
  }

  @Test
  void whoIsAloneBeginsAllThatItsEndpointsTake() {
    burst(LOUD);

    assertThat(desk.takeStarted()).hasSize(60);
  }

  @Test
  void besideOthersOneBeginsFewAtATimeAndTheOthersAtOnce() {
    both();

    assertThat(burst(LOUD)).isEqualTo(FRESH);
    assertThat(burst(QUIET)).isEqualTo(FRESH);
  }

  @Test
  void theNextOneBeginsWhenOneHasEnded() {
    both();
    burst(LOUD);

    for (int i = 0; i < 60 - FRESH; i++) {
      lanes.finished(desk.started.remove(), SUCCESS);
      assertThat(desk.started).hasSize(FRESH);
    }
    lanes.finished(desk.started.remove(), SUCCESS);
    assertThat(desk.started).hasSize(FRESH - 1);
  }

  @Test
  void whatHasRunForAMillisecondHoldsUpNobody() {
    both();
    burst(LOUD);
    int asked = desk.throttled;

    assertThat(lanes.release()).isEqualTo(Duration.ofMillis(5));
    assertThat(asked).isEqualTo(1);
    desk.now += 999_999;
    lanes.release();
    assertThat(desk.started).hasSize(FRESH);

    desk.now += 1;
    lanes.release();
    assertThat(desk.started).hasSize(2 * FRESH);
  }

  @Test
  void whatHangsIsNoOtherToLeaveSomethingTo() {
    Endpoint hanging = endpoint(1, QUIET, "customer.created");
    lanes.enterClaimed(Owned.all(claims(hanging, 0, 20), LIFE));
    for (int i = 0; i < 5; i++) {
      lanes.finished(desk.started.remove(), new Outcome.Failed(ErrorClass.RESPONSE_TIMEOUT));
    }
    int running = desk.started.size();
    desk.now += Duration.ofSeconds(1).toNanos();
    lanes.release();

    assertThat(desk.started.size()).isGreaterThan(running);
    assertThat(burst(LOUD)).isEqualTo(60);
  }

  @Test
  void whoseOthersAreGoneBeginsAllAgain() {
    both();
    burst(LOUD);
    desk.now += Duration.ofSeconds(1).toNanos();
    lanes.release();

    assertThat(desk.started).hasSize(60);
    assertThat(lanes.release()).isEqualTo(Duration.ofSeconds(1));
  }

  /// One attempt of each company, so that there are several.
  private void both() {
    enter(LOUD, 1);
    enter(QUIET, 1);
    while (!desk.started.isEmpty()) {
      lanes.finished(desk.started.remove(), SUCCESS);
    }
  }

  /// Two deliveries for each of thirty endpoints of a company.
  ///
  /// @return how many of them began
  private int burst(long company) {
    int before = desk.started.size();
    enter(company, 30);
    return desk.started.size() - before;
  }

  private void enter(long company, int endpoints) {
    List<Claim> all = new ArrayList<>();
    for (int i = 0; i < endpoints; i++) {
      Endpoint endpoint = endpoint(100 * company + i, company, "customer.created");
      all.addAll(claims(endpoint, claims, claims + 2));
      claims += 2;
    }
    lanes.enterClaimed(Owned.all(all, LIFE));
  }
}
