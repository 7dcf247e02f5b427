package com.poolbrain.webhooks.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.partition.PartitionFixture;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Inserts deliveries as the ledger stores them, with times that the test chooses.
final class DeliveryLogFixture {

  static final Instant START = Instant.parse("2026-02-13T06:42:24.705Z");
  static final UUID ENDPOINT = UUID.fromString("019c55a0-0000-7000-8000-00000000000e");

  private final ConfigFixture configFixture;
  private int idCount;

  DeliveryLogFixture(ConfigFixture configFixture) {
    this.configFixture = configFixture;
    PartitionFixture.createFor(
        configFixture.database(), LocalDate.ofInstant(START, ZoneOffset.UTC));
  }

  /// The delivery to insert.
  ///
  /// @param second of its acceptance, after [#START]
  record DeliverySpec(long companyId, int second, String eventName, UUID endpointId) {

    static DeliverySpec at(int second) {
      return new DeliverySpec(40, second, "customer.created", ENDPOINT);
    }

    DeliverySpec withEventName(String other) {
      return new DeliverySpec(companyId, second, other, endpointId);
    }

    DeliverySpec withEndpoint(UUID other) {
      return new DeliverySpec(companyId, second, eventName, other);
    }

    DeliverySpec withCompany(long other) {
      return new DeliverySpec(other, second, eventName, endpointId);
    }
  }

  /// The ids of an inserted event and of its delivery, which is not inserted yet.
  record DeliveryIds(UUID eventId, UUID deliveryId) {}

  DeliveryIds insertEvent(DeliverySpec deliverySpec) {
    long millis = START.plusSeconds(deliverySpec.second()).toEpochMilli();
    DeliveryIds deliveryIds =
        new DeliveryIds(UuidV7.of(millis, idCount++, 1), UuidV7.of(millis, idCount++, 2));
    execute(
        """
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        values (?, ?, 1, 1, ?, 'customer.created', ?)
        """,
        deliverySpec.companyId(),
        Timestamp.from(START),
        deliveryIds.eventId(),
        "{\"customerId\":7}".getBytes(StandardCharsets.US_ASCII));
    return deliveryIds;
  }

  UUID insertOpen(DeliverySpec deliverySpec, int attempts, @Nullable UUID owner) {
    return insertOpen(deliverySpec, insertEvent(deliverySpec), attempts, owner, "automatic");
  }

  UUID insertOpen(
      DeliverySpec deliverySpec,
      DeliveryIds deliveryIds,
      int attempts,
      @Nullable UUID owner,
      String trigger) {
    execute(
        """
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, owner, event_name, trigger)
        values (?, ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?)
        """,
        deliverySpec.companyId(),
        Timestamp.from(START.plusSeconds(deliverySpec.second() + 300)),
        attempts,
        attempts,
        deliveryIds.deliveryId(),
        deliveryIds.eventId(),
        deliverySpec.endpointId(),
        owner == null ? null : owner.toString(),
        deliverySpec.eventName(),
        trigger);
    return deliveryIds.deliveryId();
  }

  UUID insertDelivered(DeliverySpec deliverySpec) {
    return insertEnded(deliverySpec, insertEvent(deliverySpec), "delivered", null, "automatic");
  }

  UUID insertFailed(DeliverySpec deliverySpec) {
    return insertEnded(
        deliverySpec, insertEvent(deliverySpec), "permanently_failed", "server_error", "automatic");
  }

  UUID insertEnded(
      DeliverySpec deliverySpec,
      DeliveryIds deliveryIds,
      String status,
      @Nullable String error,
      String trigger) {
    execute(
        """
        insert into delivery (company_id, ended_at, started_at, attempt_count, duration_us,
          status_code, test, id, event_id, endpoint_id, attempt_id, event_name, status, trigger, error,
          response_body)
        values (?, ?, ?, 1, 1234567, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'response text')
        """,
        deliverySpec.companyId(),
        Timestamp.from(START.plusSeconds(deliverySpec.second() + 1)),
        Timestamp.from(START.plusSeconds(deliverySpec.second())),
        error == null ? 200 : 500,
        trigger.equals("test"),
        deliveryIds.deliveryId(),
        deliveryIds.eventId(),
        deliverySpec.endpointId(),
        UUID.nameUUIDFromBytes(
            deliveryIds.deliveryId().toString().getBytes(StandardCharsets.US_ASCII)),
        deliverySpec.eventName(),
        status,
        trigger,
        error);
    return deliveryIds.deliveryId();
  }

  UUID insertSkipped(DeliverySpec deliverySpec) {
    DeliveryIds deliveryIds = insertEvent(deliverySpec);
    execute(
        """
        insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id,
          event_name, status, skip_reason)
        values (?, ?, 0, false, ?, ?, ?, ?, 'skipped', 'webhooks_off')
        """,
        deliverySpec.companyId(),
        Timestamp.from(START),
        deliveryIds.deliveryId(),
        deliveryIds.eventId(),
        deliverySpec.endpointId(),
        deliverySpec.eventName());
    return deliveryIds.deliveryId();
  }

  void insertAttempt(UUID delivery, int number, int second, @Nullable String error) {
    execute(
        """
        insert into attempt (company_id, started_at, number, duration_us, status_code, late,
          delivery_id, id, trigger, error)
        values (40, ?, ?, 10, 503, false, ?, ?, 'automatic', ?)
        """,
        Timestamp.from(START.plusSeconds(second)),
        number,
        delivery,
        UuidV7.of(START.plusSeconds(second).toEpochMilli(), number, 3),
        error);
  }

  /// An attempt after the inline one of an ended delivery.
  void insertLaterAttempt(
      UUID delivery,
      int number,
      int second,
      String trigger,
      @Nullable Integer statusCode,
      @Nullable String error) {
    insertAttempt(delivery, number, second, error);
    execute(
        "update attempt set trigger = ?, status_code = ? where delivery_id = ? and number = ?",
        trigger,
        statusCode,
        delivery,
        number);
    execute("update delivery set attempt_count = ? where id = ?", number, delivery);
  }

  /// Changes when the first and the other versions of an endpoint became valid.
  void moveHistory(UUID endpoint, int firstSecond, int laterSecond) {
    execute(
        """
        update endpoint_history as h set valid_from = case
          when exists (select from endpoint_history as e
                       where e.endpoint_id = h.endpoint_id and e.version < h.version)
          then ?::timestamptz else ?::timestamptz end
        where endpoint_id = ?
        """,
        Timestamp.from(START.plusSeconds(laterSecond)),
        Timestamp.from(START.plusSeconds(firstSecond)),
        endpoint);
  }

  void insertRef(UUID event, String ref) {
    execute("insert into event_ref (company_id, event_id, ref) values (40, ?, ?)", event, ref);
  }

  private void execute(String sql, @Nullable Object... arguments) {
    configFixture
        .database()
        .apiTransactions()
        .inTransaction(connection -> Jdbi.open(connection).execute(sql, arguments));
  }

  /// The ids of all matching deliveries, in the order of the pages.
  static List<UUID> listAllPages(DeliveryLog log, DeliveryFilter filter, int limit) {
    List<UUID> all = new ArrayList<>();
    Cursor cursor = null;
    do {
      DeliveryPage deliveryPage = log.list(filter, cursor, limit);
      assertThat(deliveryPage.deliveries().size()).isLessThanOrEqualTo(limit);
      deliveryPage.deliveries().forEach(delivery -> all.add(delivery.id()));
      cursor = deliveryPage.nextCursor();
    } while (cursor != null);
    return all;
  }
}
