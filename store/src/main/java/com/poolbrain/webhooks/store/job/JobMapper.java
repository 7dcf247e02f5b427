package com.poolbrain.webhooks.store.job;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobParameters.Customer;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Rows of table `job`.
final class JobMapper {

  static final String COLUMNS =
      """
      id, kind, status, company_id, endpoint_id, since, until, rate_per_second, customer_id, actor,
      from_address, total, done, position, created_at, finished_at, detail
      """;

  private JobMapper() {}

  static Query bindParameters(Query query, JobParameters parameters) {
    AcceptedBetween range = parameters instanceof AcceptedBetween between ? between : null;
    return query
        .bind("since", range == null ? null : range.since().atOffset(ZoneOffset.UTC))
        .bind("until", range == null ? null : range.until().atOffset(ZoneOffset.UTC))
        .bind("rate", range == null ? null : (Double) range.ratePerSecond())
        .bind("customer", parameters instanceof Customer(String id) ? id : null);
  }

  static Job fromRow(ResultSet row) throws SQLException {
    return new Job(
        ColumnValues.uuid(row, "id"),
        JobKind.fromWireName(row.getString("kind")),
        new Scope(
            ColumnValues.longOrNull(row, "company_id"),
            ColumnValues.uuidOrNull(row, "endpoint_id")),
        parameters(row),
        new Actor(row.getString("actor"), row.getString("from_address")),
        JobStatus.fromWireName(row.getString("status")),
        row.getLong("total"),
        row.getLong("done"),
        row.getString("position"),
        ColumnValues.instant(row, "created_at"),
        ColumnValues.instantOrNull(row, "finished_at"),
        row.getString("detail"));
  }

  private static JobParameters parameters(ResultSet row) throws SQLException {
    @Nullable Instant since = ColumnValues.instantOrNull(row, "since");
    if (since != null) {
      return new AcceptedBetween(
          since, ColumnValues.instant(row, "until"), row.getDouble("rate_per_second"));
    }
    @Nullable String customerId = row.getString("customer_id");
    return customerId == null ? JobParameters.NONE : new Customer(customerId);
  }
}
