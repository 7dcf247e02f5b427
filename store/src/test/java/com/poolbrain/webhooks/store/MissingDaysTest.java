package com.poolbrain.webhooks.store;

import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.contracts.ledger.Story;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Storing;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A day's partition that was dropped by hand is made again as soon as a row is refused for it.
@ParameterizedClass
@EnumSource(TestServer.class)
@Timeout(120)
class MissingDaysTest {

  private static final int RETENTION = 30;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final LedgerDatabase database;
  private final TestClock clock;
  private final LocalDate today;
  private final Partitions partitions;
  private Story story;
  private UUID node;
  private UUID endpoint;

  MissingDaysTest(TestServer server) {
    database = new LedgerDatabase(server);
    today = LocalDate.ofInstant(database.database().now(), ZoneOffset.UTC);
    clock = new TestClock(today.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    partitions =
        new Partitions(database.database(), RETENTION, clock, Thread.ofVirtual().factory());
  }

  @BeforeEach
  void begin() throws InterruptedException {
    story = new Story(database, 1);
    node = story.node();
    endpoint = story.onlyEndpoint();
    partitions.start();
    clock.untilAwaited(HALF_AN_HOUR);
  }

  @AfterEach
  void drop() {
    partitions.close();
    database.drop();
  }

  @Test
  void aPublishWorksAgain() throws Exception {
    dropDaysOf("event");

    assertThat(onceMade(() -> store(story.waiting(endpoint)))).isEqualTo(Storing.STORED);
  }

  @Test
  void aPublishWithAKeyWorksAgain() throws Exception {
    dropDaysOf("idempotency");
    Plan plan = plan(story.waiting(endpoint));
    Remembered answer = new Remembered(new byte[] {1}, List.of());
    Plan keyed =
        new Plan(
            plan.events(), plan.deliveries(), Map.of(new IdempotencyKey("key:1", "k"), answer));

    assertThat(onceMade(() -> database.ledger().store(node, story.version(), List.of(keyed))))
        .isEqualTo(Storing.STORED);
  }

  @Test
  void theResultOfAFirstAttemptIsRecordedOnceItsDayIsThere() throws Exception {
    Claim claim = story.storeOwned(node, endpoint);
    dropDaysOf("delivery");

    assertThat(onceMade(() -> story.settle(node, story.succeeded(claim))))
        .isEqualTo(new Settled(claim.id(), 1, DeliveryStatus.DELIVERED, false));
  }

  @Test
  void theResultOfALaterAttemptIsRecordedOnceItsDayIsThere() throws Exception {
    Claim claim = story.storeOwned(node, endpoint);
    dropDaysOf("attempt");

    assertThat(onceMade(() -> story.settle(node, story.retry(claim, story.later()))))
        .isEqualTo(new Settled(claim.id(), 1, DeliveryStatus.RETRYING, false));
  }

  @Test
  void whatIsCancelledIsKeptOnceItsDayIsThere() throws Exception {
    NewDelivery waiting = story.storeWaiting(node, endpoint);
    dropDaysOf("delivery");

    assertThat(onceMade(() -> database.ledger().cancel(Story.COMPANY, waiting.id())))
        .isEqualTo(Cancelling.CANCELLED);
  }

  @Test
  void aDayThatIsStillKeptIsMadeHoweverLongAgoItWas() throws Exception {
    onceMade(() -> refer(today.minusDays(RETENTION)));
  }

  @Test
  void daysThatAreNotKeptAndThoseFarAheadAreRefused() {
    assertThatExceptionOfType(LedgerException.Refused.class)
        .isThrownBy(() -> refer(today.minusDays(RETENTION + 1)));
    assertThatExceptionOfType(LedgerException.Refused.class)
        .isThrownBy(() -> refer(today.plusDays(8)));
  }

  @Test
  void passesDoNotBeginCloserTogetherThanASecondHoweverManyRowsAreRefused() throws Exception {
    dropDaysOf("event");
    for (int i = 0; i < 20; i++) {
      assertAway(() -> store(story.waiting(endpoint)));
    }
    clock.untilAwaited(SECOND);

    assertAway(() -> store(story.waiting(endpoint)));
    untilMade(() -> store(story.waiting(endpoint)));
  }

  /// Refused at first; and done after a second, of the half hour until the next pass. A pass that
  /// fails, say because the machine stalls, takes its turn again.
  private <T> T onceMade(Supplier<T> work) throws InterruptedException {
    assertAway(work);
    return untilMade(work);
  }

  private static void assertAway(Supplier<?> work) {
    assertThatExceptionOfType(LedgerException.Away.class)
        .isThrownBy(work::get)
        .withMessageContaining("the day has no partition");
  }

  private <T> T untilMade(Supplier<T> work) throws InterruptedException {
    while (true) {
      clock.passOnceAwaited(SECOND);
      try {
        return work.get();
      } catch (LedgerException.Away _) {
        // Its pass is still under way, or has failed.
      }
    }
  }

  private Storing store(NewDelivery delivery) {
    return database.ledger().store(node, story.version(), List.of(plan(delivery)));
  }

  private boolean refer(LocalDate day) {
    return database
        .database()
        .ledger()
        .single(c ->
            Sql.run(
                c,
                "insert into event_ref (company_id, ref, event_id) values (40, 'c1', '%s')"
                    .formatted(PartitionedTable.firstIdOf(day))));
  }

  /// Drops today, and the days beside it: midnight may be near.
  private void dropDaysOf(String table) {
    PartitionedTable.ALL.stream()
        .filter(t -> t.name().equals(table))
        .forEach(t ->
            today
                .minusDays(1)
                .datesUntil(today.plusDays(2))
                .forEach(day -> database.execute("drop table " + t.partition(day))));
  }
}
