package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.Endpoint.Subscription;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The endpoint that a job delivers to, as it is configured when a step begins.
sealed interface JobTarget {

  /// A job ends if its endpoint was blocked at any time since it began, even for a moment. So the
  /// history is read too.
  String READ =
      """
      select e.subscribed_events, e.deleted_at is not null as deleted,
        not c.webhooks_enabled or exists (
          select from company_history h
          where h.company_id = c.id and h.valid_from >= :since and not h.webhooks_enabled) as off,
        e.paused or exists (
          select from endpoint_history h
          where h.endpoint_id = e.id and h.valid_from >= :since and h.paused) as paused
      from endpoint e join company c on c.id = e.company_id
      where e.company_id = :company and e.id = :endpoint
      """;

  /// Deliveries to the endpoint may be made.
  record Active(long companyId, UUID endpointId, Subscription subscription) implements JobTarget {}

  /// No deliveries to the endpoint are made.
  ///
  /// @param detail says why
  record Blocked(String detail) implements JobTarget {}

  /// Reads the endpoint of a job.
  ///
  /// @param since when the job was created; null to look at the present only
  static JobTarget read(Handle handle, Scope scope, @Nullable Instant since) {
    long companyId = Objects.requireNonNull(scope.companyId());
    UUID endpointId = Objects.requireNonNull(scope.endpointId());
    return handle
        .createQuery(READ)
        .bind("company", companyId)
        .bind("endpoint", endpointId)
        .bind("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
        .map((row, _) -> fromRow(row, companyId, endpointId))
        .findOne()
        .orElseGet(() -> new Blocked("The endpoint was deleted."));
  }

  private static JobTarget fromRow(ResultSet row, long companyId, UUID endpointId)
      throws SQLException {
    if (row.getBoolean("deleted")) {
      return new Blocked("The endpoint was deleted.");
    }
    if (row.getBoolean("off")) {
      return new Blocked(
          "Webhooks of company %d were switched off; switch them on, and start the job again."
              .formatted(companyId));
    }
    if (row.getBoolean("paused")) {
      return new Blocked("The endpoint was paused; resume it, and start the job again.");
    }
    return new Active(
        companyId, endpointId, new Subscription(ColumnValues.textArray(row, "subscribed_events")));
  }
}
