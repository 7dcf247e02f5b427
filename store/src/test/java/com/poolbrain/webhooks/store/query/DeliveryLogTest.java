package com.poolbrain.webhooks.store.query;

import static com.poolbrain.webhooks.store.query.DeliveryLogFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.query.DeliveryLogFixture.DeliveryIds;
import com.poolbrain.webhooks.store.query.DeliveryLogFixture.DeliverySpec;
import java.net.URI;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class DeliveryLogTest {

  private static final UUID NODE = new UUID(1, 1);
  private static final UUID OTHER_ENDPOINT =
      UUID.fromString("019c55a0-0000-7000-8000-0000000000ff");

  private final ConfigFixture configFixture;
  private final DeliveryLogFixture deliveryLogFixture;
  private final Set<UUID> runningIds = new HashSet<>();
  private final DeliveryLog log;

  DeliveryLogTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    deliveryLogFixture = new DeliveryLogFixture(configFixture);
    log =
        new DeliveryLog(
            configFixture.database().apiTransactions(),
            (_, delivery) -> runningIds.contains(delivery));
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  @Test
  void list_merges_open_and_ended_deliveries_of_one_company_newest_first() {
    UUID oldest = deliveryLogFixture.insertDelivered(DeliverySpec.at(1));
    UUID retrying = deliveryLogFixture.insertOpen(DeliverySpec.at(2), 1, null);
    UUID skipped = deliveryLogFixture.insertSkipped(DeliverySpec.at(3));
    UUID pending = deliveryLogFixture.insertOpen(DeliverySpec.at(4), 0, NODE);
    deliveryLogFixture.insertDelivered(DeliverySpec.at(5).withCompany(41));
    deliveryLogFixture.insertOpen(DeliverySpec.at(6).withCompany(41), 0, null);

    List<LoggedDelivery> all = log.list(DeliveryFilter.ofCompany(40), null, 10).deliveries();

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
    assertThat(all.get(2).nextAttemptAt()).isEqualTo(START.plusSeconds(302));
    assertThat(all.get(2).attemptCount()).isEqualTo(1);
    assertThat(all.get(3).nextAttemptAt()).isNull();
    assertThat(all.get(3).createdAt()).isEqualTo(START.plusSeconds(1));
    assertThat(all.get(3).occurredAt()).isEqualTo(START);
  }

  @Test
  void pages_contain_every_delivery_exactly_once() {
    List<UUID> inserted = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      inserted.add(
          i % 3 == 0
              ? deliveryLogFixture.insertOpen(DeliverySpec.at(i), 0, null)
              : deliveryLogFixture.insertDelivered(DeliverySpec.at(i)));
    }

    assertThat(listAllPages(DeliveryFilter.ofCompany(40), 4))
        .containsExactlyElementsOf(inserted.reversed());
  }

  @Test
  void rare_matches_are_found_although_each_page_scans_few_rows() {
    List<UUID> rare = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      DeliverySpec deliverySpec =
          i % 13 == 5 ? DeliverySpec.at(i).withEventName("job.Deleted") : DeliverySpec.at(i);
      UUID id =
          i % 2 == 0
              ? deliveryLogFixture.insertOpen(deliverySpec, 0, null)
              : deliveryLogFixture.insertDelivered(deliverySpec);
      if (i % 13 == 5) {
        rare.add(id);
      }
    }
    DeliveryLog boundedLog =
        new DeliveryLog(configFixture.database().apiTransactions(), (_, _) -> false, 4);
    DeliveryFilter filter = filter(null, "job.Deleted", null, null, null);

    DeliveryPage first = boundedLog.list(filter, null, 2);
    assertThat(first.deliveries()).as("it gave up early").hasSizeLessThan(2);
    assertThat(first.nextCursor()).isNotNull();
    assertThat(first.searchedBackTo()).isBetween(START, START.plusSeconds(39));
    assertThat(DeliveryLogFixture.listAllPages(boundedLog, filter, 2))
        .containsExactlyElementsOf(rare.reversed());
    assertThat(listAllPages(filter, 1)).containsExactlyElementsOf(rare.reversed());
    assertThat(DeliveryLogFixture.listAllPages(boundedLog, DeliveryFilter.ofCompany(40), 3))
        .hasSize(40)
        .doesNotHaveDuplicates();
  }

  @Test
  void each_status_filter_finds_exactly_its_deliveries() {
    UUID pending = deliveryLogFixture.insertOpen(DeliverySpec.at(1), 0, null);
    UUID retrying = deliveryLogFixture.insertOpen(DeliverySpec.at(2), 2, null);
    UUID delivering = deliveryLogFixture.insertOpen(DeliverySpec.at(3), 1, NODE);
    UUID delivered = deliveryLogFixture.insertDelivered(DeliverySpec.at(4));
    UUID failed = deliveryLogFixture.insertFailed(DeliverySpec.at(5));
    UUID skipped = deliveryLogFixture.insertSkipped(DeliverySpec.at(6));
    runningIds.add(delivering);

    assertThat(listByStatus(DeliveryStatus.PENDING)).containsExactly(pending);
    assertThat(listByStatus(DeliveryStatus.RETRYING)).containsExactly(retrying);
    assertThat(listByStatus(DeliveryStatus.DELIVERING)).containsExactly(delivering);
    assertThat(listByStatus(DeliveryStatus.DELIVERED)).containsExactly(delivered);
    assertThat(listByStatus(DeliveryStatus.PERMANENTLY_FAILED)).containsExactly(failed);
    assertThat(listByStatus(DeliveryStatus.SKIPPED)).containsExactly(skipped);
  }

  @Test
  void an_ended_delivery_that_is_being_redelivered_is_listed_once() {
    DeliverySpec deliverySpec = DeliverySpec.at(1);
    DeliveryIds deliveryIds = deliveryLogFixture.insertEvent(deliverySpec);
    UUID failed =
        deliveryLogFixture.insertEnded(
            deliverySpec, deliveryIds, "permanently_failed", "server_error", "automatic");
    deliveryLogFixture.insertOpen(deliverySpec, deliveryIds, 1, NODE, "manual");

    assertThat(log.list(DeliveryFilter.ofCompany(40), null, 10).deliveries())
        .extracting(LoggedDelivery::status)
        .containsExactly(DeliveryStatus.PERMANENTLY_FAILED);
    runningIds.add(failed);
    assertThat(log.list(DeliveryFilter.ofCompany(40), null, 10).deliveries())
        .extracting(LoggedDelivery::status)
        .containsExactly(DeliveryStatus.DELIVERING);
    assertThat(listByStatus(DeliveryStatus.DELIVERING)).containsExactly(failed);
    assertThat(listByStatus(DeliveryStatus.PERMANENTLY_FAILED)).isEmpty();
  }

  @Test
  void event_endpoint_and_time_filters_limit_the_list() {
    UUID alias =
        deliveryLogFixture.insertDelivered(DeliverySpec.at(1).withEventName("job.Deleted"));
    UUID otherDelivered =
        deliveryLogFixture.insertDelivered(DeliverySpec.at(2).withEndpoint(OTHER_ENDPOINT));
    UUID otherSkipped =
        deliveryLogFixture.insertSkipped(DeliverySpec.at(3).withEndpoint(OTHER_ENDPOINT));
    UUID otherOpen =
        deliveryLogFixture.insertOpen(DeliverySpec.at(4).withEndpoint(OTHER_ENDPOINT), 0, null);
    UUID last = deliveryLogFixture.insertDelivered(DeliverySpec.at(5));

    assertThat(listAllPages(filter(null, "job.Deleted", null, null, null), 10))
        .containsExactly(alias);
    assertThat(listAllPages(filter(null, null, OTHER_ENDPOINT, null, null), 1))
        .containsExactly(otherOpen, otherSkipped, otherDelivered);
    assertThat(listAllPages(filter(DeliveryStatus.SKIPPED, null, OTHER_ENDPOINT, null, null), 10))
        .containsExactly(otherSkipped);
    assertThat(listAllPages(filter(null, null, null, START.plusSeconds(4), null), 10))
        .containsExactly(last, otherOpen);
    assertThat(listAllPages(filter(null, null, null, null, START.plusSeconds(2)), 10))
        .containsExactly(otherDelivered, alias);
    assertThat(listAllPages(filter(null, "nothing", null, null, null), 10)).isEmpty();
  }

  @Test
  void event_filter_finds_open_and_ended_deliveries_under_each_of_its_names() {
    UUID ended =
        deliveryLogFixture.insertDelivered(DeliverySpec.at(1).withEventName("job.created"));
    UUID open =
        deliveryLogFixture.insertOpen(
            DeliverySpec.at(2).withEventName("job.one_time.created"), 0, null);
    deliveryLogFixture.insertDelivered(DeliverySpec.at(3).withEventName("job.Deleted"));

    DeliveryFilter filter =
        new DeliveryFilter(
            40,
            null,
            List.of("job.one_time.created", "job.created"),
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    assertThat(listAllPages(filter, 10)).containsExactly(open, ended);
  }

  @Test
  void result_and_trigger_filters_look_at_the_last_attempt_only() {
    UUID delivered = deliveryLogFixture.insertDelivered(DeliverySpec.at(1));
    UUID failed = deliveryLogFixture.insertFailed(DeliverySpec.at(2));
    UUID repaired = deliveryLogFixture.insertFailed(DeliverySpec.at(3));
    deliveryLogFixture.insertLaterAttempt(repaired, 2, 9, "manual", 204, null);
    UUID refused = deliveryLogFixture.insertFailed(DeliverySpec.at(4));
    deliveryLogFixture.insertLaterAttempt(refused, 2, 9, "manual", null, "connect_refused");
    UUID retrying = deliveryLogFixture.insertOpen(DeliverySpec.at(5), 2, null);
    deliveryLogFixture.insertAttempt(retrying, 1, 6, "connect_refused");
    deliveryLogFixture.insertAttempt(retrying, 2, 7, "server_error");
    UUID pending = deliveryLogFixture.insertOpen(DeliverySpec.at(6), 0, null);
    UUID skipped = deliveryLogFixture.insertSkipped(DeliverySpec.at(7));

    assertThat(listByResult("200")).containsExactly(delivered);
    assertThat(listByResult("2xx")).containsExactly(repaired, delivered);
    assertThat(listByResult("500")).containsExactly(failed);
    assertThat(listByResult("5xx")).containsExactly(retrying, failed);
    assertThat(listByResult("server_error")).containsExactly(retrying, failed);
    assertThat(listByResult("connect_refused")).containsExactly(refused);
    assertThat(listByResult("dns")).isEmpty();
    assertThat(listByResult("failed")).containsExactly(retrying, refused, failed);
    assertThat(listByTrigger(Trigger.MANUAL)).containsExactly(refused, repaired);
    assertThat(listByTrigger(Trigger.AUTOMATIC))
        .containsExactly(skipped, pending, retrying, failed, delivered);
    assertThat(listByTrigger(Trigger.TEST)).isEmpty();
  }

  private List<UUID> listByResult(String result) {
    return listAllPages(
        new DeliveryFilter(
            40, null, null, null, null, null, null, ResultFilter.parse(result), null, null),
        2);
  }

  private List<UUID> listByTrigger(Trigger trigger) {
    return listAllPages(
        new DeliveryFilter(40, null, null, null, null, null, null, null, trigger, null), 2);
  }

  @Test
  void list_shows_the_last_attempt_and_the_step_of_the_schedule() {
    UUID open = deliveryLogFixture.insertOpen(DeliverySpec.at(1), 1, null);
    deliveryLogFixture.insertAttempt(open, 1, 2, "server_error");
    UUID failed = deliveryLogFixture.insertFailed(DeliverySpec.at(2));
    deliveryLogFixture.insertLaterAttempt(failed, 2, 9, "manual", null, "dns");
    deliveryLogFixture.insertDelivered(DeliverySpec.at(3));
    deliveryLogFixture.insertSkipped(DeliverySpec.at(4));

    List<LoggedDelivery> all = log.list(DeliveryFilter.ofCompany(40), null, 10).deliveries();

    assertThat(all).extracting(LoggedDelivery::scheduleStep).containsExactly(0, 1, 1, 1);
    assertThat(all)
        .extracting(LoggedDelivery::lastAttempt)
        .containsExactly(
            null,
            new LastAttempt(
                1,
                Trigger.AUTOMATIC,
                START.plusSeconds(3),
                Duration.ofNanos(1_234_567_000),
                200,
                null),
            new LastAttempt(
                2,
                Trigger.MANUAL,
                START.plusSeconds(9),
                Duration.ofNanos(10_000),
                null,
                ErrorClass.DNS),
            new LastAttempt(
                1,
                Trigger.AUTOMATIC,
                START.plusSeconds(2),
                Duration.ofNanos(10_000),
                503,
                ErrorClass.SERVER_ERROR));
  }

  @Test
  void get_returns_a_delivery_with_its_event_and_attempts() {
    UUID once = deliveryLogFixture.insertDelivered(DeliverySpec.at(1));
    UUID open = deliveryLogFixture.insertOpen(DeliverySpec.at(2), 2, null);
    deliveryLogFixture.insertAttempt(open, 1, 3, "server_error");
    deliveryLogFixture.insertAttempt(open, 2, 4, "connect_timeout");

    DeliveryDetail first = Objects.requireNonNull(log.get(40, once));
    DeliveryDetail second = Objects.requireNonNull(log.get(40, open));

    assertThat(first.attempts())
        .containsExactly(
            new LoggedAttempt(
                1,
                Trigger.AUTOMATIC,
                START.plusSeconds(1),
                Duration.ofNanos(1_234_567_000),
                200,
                null,
                "response text",
                false,
                null,
                null));
    assertThat(first.event().data()).asString().isEqualTo("{\"customerId\":7}");
    assertThat(second.attempts()).extracting(LoggedAttempt::number).containsExactly(1, 2);
    assertThat(second.attempts())
        .extracting(LoggedAttempt::error)
        .containsExactly(ErrorClass.SERVER_ERROR, ErrorClass.CONNECT_TIMEOUT);
    assertThat(log.get(41, once)).isNull();
    assertThat(log.get(40, UUID.randomUUID())).isNull();
  }

  @Test
  void url_of_an_attempt_is_that_of_its_endpoint_at_that_time() {
    configFixture.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    Endpoint endpoint = configFixture.createEndpoint(40, "customer.created");
    configFixture
        .endpoints()
        .update(
            40,
            endpoint.id(),
            e -> e.withUrl(URI.create("https://new.example.com/")),
            ConfigFixture.ACTOR);
    deliveryLogFixture.moveHistory(endpoint.id(), 10, 20);

    for (int second : List.of(5, 15)) {
      assertThat(urlOfAttemptAt(second, endpoint.id())).isEqualTo(endpoint.url().toString());
    }
    assertThat(urlOfAttemptAt(25, endpoint.id())).isEqualTo("https://new.example.com/");
  }

  private @Nullable String urlOfAttemptAt(int second, UUID endpoint) {
    UUID id = deliveryLogFixture.insertDelivered(DeliverySpec.at(second).withEndpoint(endpoint));
    return Objects.requireNonNull(log.get(40, id)).attempts().getFirst().url();
  }

  @Test
  void attempts_of_a_delivery_include_the_inline_first_and_later_ones_in_order() {
    UUID failed = deliveryLogFixture.insertFailed(DeliverySpec.at(1));
    deliveryLogFixture.insertAttempt(failed, 2, 9, null);

    assertThat(Objects.requireNonNull(log.get(40, failed)).attempts())
        .extracting(LoggedAttempt::number)
        .containsExactly(1, 2);
  }

  private List<UUID> listByStatus(DeliveryStatus status) {
    return listAllPages(filter(status, null, null, null, null), 10);
  }

  private static DeliveryFilter filter(
      @Nullable DeliveryStatus status,
      @Nullable String name,
      @Nullable UUID endpoint,
      @Nullable Instant from,
      @Nullable Instant to) {
    List<String> names = name == null ? null : List.of(name);
    return new DeliveryFilter(40, status, names, endpoint, from, to, null, null, null, null);
  }

  private List<UUID> listAllPages(DeliveryFilter filter, int limit) {
    return DeliveryLogFixture.listAllPages(log, filter, limit);
  }
}
