package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.UuidV7;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes deliveries into a database as the ledger leaves them, at times of the test's choice.
final class Logged {

  static final Instant DAY = Instant.parse("2026-02-13T06:42:24.705Z");
  static final UUID ENDPOINT = UUID.fromString("019c55a0-0000-7000-8000-00000000000e");

  private final Configured store;
  private int made;

  Logged(Configured store) {
    this.store = store;
    try {
      new DayPartitions(store.database().upkeep(), 30)
          .makeAhead(LocalDate.ofInstant(DAY, ZoneOffset.UTC), Set.of());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Which delivery: seconds after [#DAY], and whose.
  record Of(long company, int second, String name, UUID endpoint) {

    static Of at(int second) {
      return new Of(40, second, "customer.created", ENDPOINT);
    }

    Of named(String other) {
      return new Of(company, second, other, endpoint);
    }

    Of to(UUID other) {
      return new Of(company, second, name, other);
    }

    Of company(long other) {
      return new Of(other, second, name, endpoint);
    }
  }

  /// An event with the delivery of `of` yet to be written.
  record Ids(UUID event, UUID delivery) {}

  Ids event(Of of) {
    long millis = DAY.plusSeconds(of.second()).toEpochMilli();
    Ids ids = new Ids(UuidV7.of(millis, made++, 1), UuidV7.of(millis, made++, 2));
    execute(
        "insert into event (company_id, occurred_at, config_version, items, id, type, data) values (?, ?, 1, 1, ?, 'customer.created', ?)",
        of.company(),
        java.sql.Timestamp.from(DAY),
        ids.event(),
        "{\"customerId\":7}".getBytes(StandardCharsets.US_ASCII));
    return ids;
  }

  UUID open(Of of, int attempts, @Nullable UUID owner) {
    return open(of, event(of), attempts, owner, "automatic");
  }

  UUID open(Of of, Ids ids, int attempts, @Nullable UUID owner, String trigger) {
    execute(
        "insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, owner, name, trigger) values (?, ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?)",
        of.company(),
        java.sql.Timestamp.from(DAY.plusSeconds(of.second() + 300)),
        attempts,
        attempts,
        ids.delivery(),
        ids.event(),
        of.endpoint(),
        owner == null ? null : owner.toString(),
        of.name(),
        trigger);
    return ids.delivery();
  }

  UUID delivered(Of of) {
    return endedAtOnce(of, event(of), "delivered", null, "automatic");
  }

  UUID failed(Of of) {
    return endedAtOnce(of, event(of), "permanently_failed", "server_error", "automatic");
  }

  UUID endedAtOnce(Of of, Ids ids, String status, @Nullable String error, String trigger) {
    execute(
        """
        insert into delivery (company_id, ended_at, started_at, attempt_count, duration_us,
          status_code, test, id, event_id, endpoint_id, attempt_id, name, status, trigger, error,
          response_body)
        values (?, ?, ?, 1, 1234567, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'so it is')
        """,
        of.company(),
        java.sql.Timestamp.from(DAY.plusSeconds(of.second() + 1)),
        java.sql.Timestamp.from(DAY.plusSeconds(of.second())),
        error == null ? 200 : 500,
        trigger.equals("test"),
        ids.delivery(),
        ids.event(),
        of.endpoint(),
        UUID.nameUUIDFromBytes(ids.delivery().toString().getBytes(StandardCharsets.US_ASCII)),
        of.name(),
        status,
        trigger,
        error);
    return ids.delivery();
  }

  UUID skipped(Of of) {
    Ids ids = event(of);
    execute(
        "insert into delivery (company_id, ended_at, attempt_count, test, id, event_id, endpoint_id, name, status, skip_reason) values (?, ?, 0, false, ?, ?, ?, ?, 'skipped', 'webhooks_off')",
        of.company(),
        java.sql.Timestamp.from(DAY),
        ids.delivery(),
        ids.event(),
        of.endpoint(),
        of.name());
    return ids.delivery();
  }

  void attempt(UUID delivery, int number, int second, @Nullable String error) {
    execute(
        "insert into attempt (company_id, started_at, number, duration_us, status_code, late, delivery_id, id, trigger, error) values (40, ?, ?, 10, 503, false, ?, ?, 'automatic', ?)",
        java.sql.Timestamp.from(DAY.plusSeconds(second)),
        number,
        delivery,
        UuidV7.of(DAY.plusSeconds(second).toEpochMilli(), number, 3),
        error);
  }

  void refers(UUID event, String ref) {
    execute("insert into event_ref (company_id, event_id, ref) values (40, ?, ?)", event, ref);
  }

  private void execute(String sql, @Nullable Object... arguments) {
    store.changes().write(handle -> handle.execute(sql, arguments));
  }
}
