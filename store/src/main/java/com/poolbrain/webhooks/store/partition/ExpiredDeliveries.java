package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Deletes open deliveries that are older than the retention, and writes to the audit how many each
/// endpoint lost.
final class ExpiredDeliveries {

  private static final int BATCH_SIZE = 2_000;

  /// Ordered by endpoint, so that an endpoint has few entries in the audit.
  private static final String DELETE_OPEN_BEFORE =
      """
      with old as materialized (
        select company_id, id
        from open_delivery
        where event_id < :first_kept or id < :first_kept
        order by company_id, endpoint_id, id
        limit :limit
        for update
      ), deleted as (
        delete from open_delivery using old
        where open_delivery.company_id = old.company_id and open_delivery.id = old.id
        returning open_delivery.company_id, open_delivery.endpoint_id
      )
      select company_id, endpoint_id, count(*) as count
      from deleted
      group by company_id, endpoint_id
      order by company_id, endpoint_id
      """;

  private final Connection connection;
  private final Audit audit;

  /// @param connection in autocommit mode
  ExpiredDeliveries(Connection connection, Audit audit) {
    this.connection = connection;
    this.audit = audit;
  }

  private record Loss(long companyId, UUID endpointId, long count) {}

  /// Deletes open deliveries that are older than a day, or whose event is.
  ///
  /// @return how many were deleted
  int deleteBefore(LocalDate firstKeptDay) throws SQLException {
    int deletedRows = 0;
    connection.setAutoCommit(false);
    try {
      int batchRows = deleteBatch(firstKeptDay);
      while (batchRows > 0) {
        connection.commit();
        deletedRows += batchRows;
        batchRows = deleteBatch(firstKeptDay);
      }
      connection.commit();
      return deletedRows;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private int deleteBatch(LocalDate firstKeptDay) {
    Handle handle = Jdbi.open(connection);
    List<Loss> losses =
        handle
            .createQuery(DELETE_OPEN_BEFORE)
            .bind("first_kept", PartitionedTable.minIdOf(firstKeptDay))
            .bind("limit", BATCH_SIZE)
            .map((row, _) ->
                new Loss(
                    row.getLong("company_id"),
                    ColumnValues.uuid(row, "endpoint_id"),
                    row.getLong("count")))
            .list();
    for (Loss loss : losses) {
      audit.append(
          handle,
          Actor.SERVICE,
          AuditAction.DELIVERIES_EXPIRED,
          Subject.endpoint(loss.companyId(), loss.endpointId()),
          FieldChanges.none()
              .removed("count", loss.count())
              .removed("accepted_before", firstKeptDay.toString()));
    }
    return losses.stream().mapToInt(loss -> (int) loss.count()).sum();
  }
}
