package com.poolbrain.webhooks.store;

import static com.poolbrain.webhooks.store.Logged.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.Logged.Ids;
import com.poolbrain.webhooks.store.Logged.Of;
import com.poolbrain.webhooks.store.log.DeliveryDetail;
import com.poolbrain.webhooks.store.log.DeliveryFilter;
import com.poolbrain.webhooks.store.log.DeliveryLog;
import com.poolbrain.webhooks.store.log.LoggedAttempt;
import com.poolbrain.webhooks.store.log.LoggedDelivery;
import com.poolbrain.webhooks.store.log.Position;
import com.poolbrain.webhooks.store.log.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class DeliveryLogTest {

  private static final UUID NODE = new UUID(1, 1);
  private static final UUID OTHER = UUID.fromString("019c55a0-0000-7000-8000-0000000000ff");

  private final Configured store;
  private final Logged logged;
  private final Set<UUID> running = new HashSet<>();
  private final DeliveryLog log;

  DeliveryLogTest(TestServer server) {
    store = Configured.on(server);
    logged = new Logged(store);
    log = new DeliveryLog(store.database().api(), (_, delivery) -> running.contains(delivery));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void openAndEndedOnesComeTogetherNewestFirstAndOnlyTheCompanys() {
    UUID oldest = logged.delivered(Of.at(1));
    UUID retrying = logged.open(Of.at(2), 1, null);
    UUID skipped = logged.skipped(Of.at(3));
    UUID pending = logged.open(Of.at(4), 0, NODE);
    logged.delivered(Of.at(5).company(41));
    logged.open(Of.at(6).company(41), 0, null);

    List<LoggedDelivery> all = log.list(DeliveryFilter.all(40), null, 10).deliveries();

    assertThat(all)
        .extracting(LoggedDelivery::id)
        .containsExactly(pending, skipped, retrying, oldest);
    assertThat(all)
        .extracting(LoggedDelivery::status)
        .containsExactly(
            DeliveryStatus.PENDING,
            DeliveryStatus.SKIPPED,
            DeliveryStatus.RETRYING,
            DeliveryStatus.DELIVERED);
    assertThat(all.get(1).skipReason()).isEqualTo(SkipReason.WEBHOOKS_OFF);
    assertThat(all.get(2).nextAttemptAt()).isEqualTo(DAY.plusSeconds(302));
    assertThat(all.get(2).attempts()).isEqualTo(1);
    assertThat(all.get(3).nextAttemptAt()).isNull();
    assertThat(all.get(3).createdAt()).isEqualTo(DAY.plusSeconds(1));
    assertThat(all.get(3).occurredAt()).isEqualTo(DAY);
  }

  @Test
  void pagesLeaveNothingOutAndRepeatNothing() {
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      made.add(i % 3 == 0 ? logged.open(Of.at(i), 0, null) : logged.delivered(Of.at(i)));
    }

    assertThat(walk(DeliveryFilter.all(40), 4)).containsExactlyElementsOf(made.reversed());
  }

  @Test
  void whatIsRareIsFoundAlthoughEachSliceLooksAtFewRows() {
    List<UUID> rare = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Of of = i % 13 == 5 ? Of.at(i).named("job.Deleted") : Of.at(i);
      UUID id = i % 2 == 0 ? logged.open(of, 0, null) : logged.delivered(of);
      if (i % 13 == 5) {
        rare.add(id);
      }
    }
    DeliveryLog nearsighted = new DeliveryLog(store.database().api(), (_, _) -> false, 4);
    DeliveryFilter filter = filter(null, "job.Deleted", null, null, null);

    Slice first = nearsighted.list(filter, null, 2);
    assertThat(first.deliveries()).as("it gave up early").hasSizeLessThan(2);
    assertThat(first.next()).isNotNull();
    assertThat(walk(nearsighted, filter, 2)).containsExactlyElementsOf(rare.reversed());
    assertThat(walk(filter, 1)).containsExactlyElementsOf(rare.reversed());
    assertThat(walk(nearsighted, DeliveryFilter.all(40), 3)).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void statusIsLookedForWhereItIs() {
    UUID pending = logged.open(Of.at(1), 0, null);
    UUID retrying = logged.open(Of.at(2), 2, null);
    UUID delivering = logged.open(Of.at(3), 1, NODE);
    UUID delivered = logged.delivered(Of.at(4));
    UUID failed = logged.failed(Of.at(5));
    UUID skipped = logged.skipped(Of.at(6));
    running.add(delivering);

    assertThat(with(DeliveryStatus.PENDING)).containsExactly(pending);
    assertThat(with(DeliveryStatus.RETRYING)).containsExactly(retrying);
    assertThat(with(DeliveryStatus.DELIVERING)).containsExactly(delivering);
    assertThat(with(DeliveryStatus.DELIVERED)).containsExactly(delivered);
    assertThat(with(DeliveryStatus.PERMANENTLY_FAILED)).containsExactly(failed);
    assertThat(with(DeliveryStatus.SKIPPED)).containsExactly(skipped);
  }

  @Test
  void anEndedOneThatIsSentAgainByHandIsListedOnce() {
    Of of = Of.at(1);
    Ids ids = logged.event(of);
    UUID failed = logged.endedAtOnce(of, ids, "permanently_failed", "server_error", "automatic");
    logged.open(of, ids, 1, NODE, "manual");

    assertThat(log.list(DeliveryFilter.all(40), null, 10).deliveries())
        .extracting(LoggedDelivery::status)
        .containsExactly(DeliveryStatus.PERMANENTLY_FAILED);
    running.add(failed);
    assertThat(log.list(DeliveryFilter.all(40), null, 10).deliveries())
        .extracting(LoggedDelivery::status)
        .containsExactly(DeliveryStatus.DELIVERING);
    assertThat(with(DeliveryStatus.DELIVERING)).containsExactly(failed);
    assertThat(with(DeliveryStatus.PERMANENTLY_FAILED)).isEmpty();
  }

  @Test
  void nameEndpointAndTimeNarrowTheList() {
    UUID alias = logged.delivered(Of.at(1).named("job.Deleted"));
    UUID elsewhere = logged.delivered(Of.at(2).to(OTHER));
    UUID elsewhereSkipped = logged.skipped(Of.at(3).to(OTHER));
    UUID elsewhereOpen = logged.open(Of.at(4).to(OTHER), 0, null);
    UUID last = logged.delivered(Of.at(5));

    assertThat(walk(filter(null, "job.Deleted", null, null, null), 10)).containsExactly(alias);
    assertThat(walk(filter(null, null, OTHER, null, null), 1))
        .containsExactly(elsewhereOpen, elsewhereSkipped, elsewhere);
    assertThat(walk(filter(DeliveryStatus.SKIPPED, null, OTHER, null, null), 10))
        .containsExactly(elsewhereSkipped);
    assertThat(walk(filter(null, null, null, DAY.plusSeconds(4), null), 10))
        .containsExactly(last, elsewhereOpen);
    assertThat(walk(filter(null, null, null, null, DAY.plusSeconds(2)), 10))
        .containsExactly(elsewhere, alias);
    assertThat(walk(filter(null, "nothing", null, null, null), 10)).isEmpty();
  }

  @Test
  void aSearchFindsADeliveryAnEventAndWhatEventsReferTo() {
    Ids both = logged.event(Of.at(1));
    UUID here = logged.endedAtOnce(Of.at(1), both, "delivered", null, "automatic");
    UUID there = new UUID(here.getMostSignificantBits() + 1, here.getLeastSignificantBits());
    logged.open(Of.at(1).to(OTHER), new Ids(both.event(), there), 0, null, "automatic");
    Ids later = logged.event(Of.at(2));
    UUID laterOne = logged.endedAtOnce(Of.at(2), later, "delivered", null, "automatic");
    logged.refers(both.event(), "7");
    logged.refers(later.event(), "7");

    assertThat(walk(search(here.toString()), 10)).containsExactly(here);
    assertThat(walk(search(both.event().toString()), 10)).containsExactly(there, here);
    assertThat(walk(search("7"), 10)).containsExactly(laterOne, there, here);
    assertThat(walk(search("7"), 1)).containsExactly(laterOne, there, here);
    assertThat(walk(search("8"), 10)).isEmpty();
    assertThat(walk(search(UUID.randomUUID().toString()), 10)).isEmpty();
    assertThat(
            log.list(new DeliveryFilter(41, null, null, null, null, null, "7"), null, 10)
                .deliveries())
        .isEmpty();
  }

  @Test
  void aSearchGoesOnWhereManyEventsHaveNoDeliveries() {
    UUID found = null;
    for (int i = 0; i < 210; i++) {
      Ids ids = logged.event(Of.at(i));
      logged.refers(ids.event(), "7");
      if (i == 3) {
        found = logged.endedAtOnce(Of.at(i), ids, "delivered", null, "automatic");
      }
    }

    assertThat(walk(search("7"), 10)).containsExactly(found);
  }

  @Test
  void oneDeliveryComesWithItsEventAndItsAttempts() {
    UUID once = logged.delivered(Of.at(1));
    UUID open = logged.open(Of.at(2), 2, null);
    logged.attempt(open, 1, 3, "server_error");
    logged.attempt(open, 2, 4, "connect_timeout");

    DeliveryDetail first = Objects.requireNonNull(log.get(40, once));
    DeliveryDetail second = Objects.requireNonNull(log.get(40, open));

    assertThat(first.attempts())
        .containsExactly(
            new LoggedAttempt(
                1,
                Trigger.AUTOMATIC,
                DAY.plusSeconds(1),
                Duration.ofNanos(1_234_567_000),
                200,
                null,
                "so it is",
                false));
    assertThat(first.event().data()).asString().isEqualTo("{\"customerId\":7}");
    assertThat(second.attempts()).extracting(LoggedAttempt::number).containsExactly(1, 2);
    assertThat(second.attempts())
        .extracting(LoggedAttempt::error)
        .containsExactly(ErrorClass.SERVER_ERROR, ErrorClass.CONNECT_TIMEOUT);
    assertThat(log.get(41, once)).isNull();
    assertThat(log.get(40, UUID.randomUUID())).isNull();
  }

  @Test
  void anInlineFirstAttemptAndLaterOnesMakeOneRow() {
    UUID again = logged.failed(Of.at(1));
    logged.attempt(again, 2, 9, null);

    assertThat(Objects.requireNonNull(log.get(40, again)).attempts())
        .extracting(LoggedAttempt::number)
        .containsExactly(1, 2);
  }

  private List<UUID> with(DeliveryStatus status) {
    return walk(filter(status, null, null, null, null), 10);
  }

  private static DeliveryFilter filter(
      @Nullable DeliveryStatus status,
      @Nullable String name,
      @Nullable UUID endpoint,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new DeliveryFilter(40, status, name, endpoint, from, to, null);
  }

  private static DeliveryFilter search(String words) {
    return new DeliveryFilter(40, null, null, null, null, null, words);
  }

  private List<UUID> walk(DeliveryFilter filter, int limit) {
    return walk(log, filter, limit);
  }

  private static List<UUID> walk(DeliveryLog log, DeliveryFilter filter, int limit) {
    List<UUID> all = new ArrayList<>();
    Position position = null;
    do {
      Slice slice = log.list(filter, position, limit);
      assertThat(slice.deliveries().size()).isLessThanOrEqualTo(limit);
      slice.deliveries().forEach(delivery -> all.add(delivery.id()));
      position = slice.next();
    } while (position != null);
    return all;
  }
}
