package com.poolbrain.webhooks.store.statistics;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeRules;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.EndpointHealth;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import com.poolbrain.webhooks.store.notice.NoticeWriter;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The table `endpoint_health`. A change writes its notices in the same transaction.
final class HealthTable {

  private static final String READ =
      """
      select endpoint_id, status, since, latest_at, latest_ok, last_delivery_at,
        certificate_expires_at, certificate_shown_at, has_failed_delivery
      from endpoint_health where endpoint_id = any (:ids)
      """;

  private static final String INSERT_UNKNOWN =
      """
      insert into endpoint_health (company_id, endpoint_id, status, since, latest_at, latest_ok)
      values (:company, :id, 'never_delivered', :now, '{}', '{}')
      on conflict do nothing
      """;

  private static final String LOCK = READ + "order by endpoint_id for update\n";

  private static final String UPDATE =
      """
      update endpoint_health
      set status = :status, since = :since, latest_at = :latestAt, latest_ok = :latestOk,
        last_delivery_at = :lastDeliveryAt, certificate_expires_at = :certificateExpiresAt,
        certificate_shown_at = :certificateShownAt, has_failed_delivery = :hasFailedDelivery
      where endpoint_id = :id
      """;

  private final Transactions transactions;

  HealthTable(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Stores the health after these activities, as far as it changed. Only rows that change are
  /// locked.
  ///
  /// @return the endpoints whose stored last delivery is earlier than that of the activity
  Set<UUID> update(Map<UUID, EndpointActivity> activity, Instant now) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      Map<UUID, EndpointHealth> stored = read(handle, READ, activity.keySet());
      List<UUID> changing =
          activity.entrySet().stream()
              .filter(entry -> isChangedBy(entry.getValue(), stored.get(entry.getKey()), now))
              .map(Map.Entry::getKey)
              .toList();
      if (!changing.isEmpty()) {
        stored.putAll(change(handle, changing, activity, now));
      }
      Set<UUID> behind = new HashSet<>();
      activity.forEach((id, latest) -> {
        EndpointHealth health = stored.get(id);
        if (health != null && health.isBehind(latest)) {
          behind.add(id);
        }
      });
      return behind;
    });
  }

  private static boolean isChangedBy(
      EndpointActivity activity, @Nullable EndpointHealth stored, Instant now) {
    EndpointHealth before = stored == null ? EndpointHealth.unknown(now) : stored;
    return !before.after(activity).equals(before);
  }

  private static Map<UUID, EndpointHealth> change(
      Handle handle, List<UUID> ids, Map<UUID, EndpointActivity> activity, Instant now) {
    insertUnknown(handle, ids, activity, now);
    Map<UUID, EndpointHealth> changed = new HashMap<>();
    List<Notice> notices = new ArrayList<>();
    read(handle, LOCK, ids)
        .forEach((id, locked) -> {
          EndpointActivity latest = requireNonNull(activity.get(id));
          EndpointHealth health = locked.after(latest);
          changed.put(id, health);
          notices.addAll(NoticeRules.afterActivity(id, locked, latest, health, now));
        });
    PreparedBatch batch = handle.prepareBatch(UPDATE);
    changed.forEach((id, health) -> {
      ShownCertificate certificate = health.certificate();
      batch
          .bind("id", id)
          .bind("status", health.status().wireName())
          .bind("since", health.since())
          .bind("latestAt", times(health.latest()))
          .bind("latestOk", successes(health.latest()))
          .bind("lastDeliveryAt", health.lastDeliveryAt())
          .bind("certificateExpiresAt", certificate == null ? null : certificate.expiresAt())
          .bind("certificateShownAt", certificate == null ? null : certificate.shownAt())
          .bind("hasFailedDelivery", health.hasFailedDelivery())
          .add();
    });
    batch.execute();
    NoticeWriter.write(handle, notices);
    return changed;
  }

  private static void insertUnknown(
      Handle handle, List<UUID> ids, Map<UUID, EndpointActivity> activity, Instant now) {
    PreparedBatch batch = handle.prepareBatch(INSERT_UNKNOWN);
    ids.stream()
        .sorted(UuidV7.ORDER)
        .forEach(id ->
            batch
                .bind("company", requireNonNull(activity.get(id)).companyId())
                .bind("id", id)
                .bind("now", now)
                .add());
    batch.execute();
  }

  private static Map<UUID, EndpointHealth> read(Handle handle, String sql, Collection<UUID> ids) {
    Map<UUID, EndpointHealth> health = new HashMap<>();
    handle
        .createQuery(sql)
        .bind("ids", ColumnValues.uuidArray(ids))
        .map((row, _) -> Map.entry(ColumnValues.uuid(row, "endpoint_id"), map(row)))
        .forEach(entry -> health.put(entry.getKey(), entry.getValue()));
    return health;
  }

  private static EndpointHealth map(ResultSet row) throws SQLException {
    return new EndpointHealth(
        Health.fromWireName(row.getString("status")),
        ColumnValues.instant(row, "since"),
        samples(row.getArray("latest_at"), row.getArray("latest_ok")),
        ColumnValues.instantOrNull(row, "last_delivery_at"),
        certificate(row),
        row.getBoolean("has_failed_delivery"));
  }

  private static @Nullable ShownCertificate certificate(ResultSet row) throws SQLException {
    Instant expiresAt = ColumnValues.instantOrNull(row, "certificate_expires_at");
    return expiresAt == null
        ? null
        : new ShownCertificate(expiresAt, ColumnValues.instant(row, "certificate_shown_at"));
  }

  private static List<HealthSample> samples(Array times, Array successes) throws SQLException {
    Timestamp[] endedAt = (Timestamp[]) times.getArray();
    Boolean[] succeeded = (Boolean[]) successes.getArray();
    List<HealthSample> samples = new ArrayList<>(endedAt.length);
    for (int i = 0; i < endedAt.length; i++) {
      samples.add(new HealthSample(endedAt[i].toInstant(), succeeded[i]));
    }
    return samples;
  }

  private static Argument times(List<HealthSample> samples) {
    Object[] times = samples.stream().map(sample -> sample.endedAt().toString()).toArray();
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("timestamptz", times));
  }

  private static Argument successes(List<HealthSample> samples) {
    Object[] successes = samples.stream().map(HealthSample::succeeded).toArray();
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("boolean", successes));
  }
}
