package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The configuration rows of a company that is deleted.
final class CompanyRows {

  private static final String MARK_DELETED =
      """
      update company set deleted_at = :at, webhooks_enabled = false, version = :version
      where id = :company and deleted_at is null
      returning name
      """;

  private static final String DELETE_ENDPOINTS =
      """
      update endpoint set deleted_at = :at, version = :version
      where company_id = :company and deleted_at is null
      returning id, url
      """;

  private static final String REVOKE_KEYS =
      """
      update api_key set revoked_at = :at where company_id = :company and revoked_at is null
      returning id, name
      """;

  private static final String CANCEL_JOBS =
      """
      update job
      set status = 'cancelled', finished_at = :at, detail = 'The company is being deleted.'
      where company_id = :company and status = 'running'
      """;

  private static final List<String> END_ACCESS =
      List.of(
          "delete from endpoint_secret where company_id = :company",
          "delete from session where company_id = :company",
          "delete from portal_link where company_id = :company");

  /// In an order that foreign keys allow.
  private static final List<String> DELETE_ALL =
      List.of(
          "delete from endpoint_secret where company_id = :company",
          "delete from endpoint_health where company_id = :company",
          "delete from notice_mail where company_id = :company",
          "delete from notice where company_id = :company",
          "delete from delivery_statistics where company_id = :company",
          "delete from endpoint_history where company_id = :company",
          "delete from endpoint where company_id = :company",
          "delete from company_history where company_id = :company",
          "delete from session where company_id = :company",
          "delete from portal_link where company_id = :company",
          "delete from api_key where company_id = :company",
          "delete from job where company_id = :company and id <> :job",
          "delete from idempotency where scope = 'company:' || :company",
          "delete from company where id = :company");

  private CompanyRows() {}

  /// Appends an entry of the audit.
  interface AuditAppender {
    void append(Change change, AuditAction action, Subject subject, FieldChanges changes);
  }

  /// Marks a company as deleted, with webhooks off.
  ///
  /// @return its name; null if there is none, or it is marked already
  static @Nullable String markDeleted(Change change, long companyId) {
    return change
        .handle()
        .createQuery(MARK_DELETED)
        .bind("at", change.at())
        .bind("version", change.version())
        .bind("company", companyId)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Deletes endpoints and secrets, revokes keys, and ends sessions and jobs.
  static void endAccess(Change change, long companyId, AuditAppender audit) {
    idsAndTexts(change, DELETE_ENDPOINTS, "url", companyId)
        .forEach(endpoint ->
            audit.append(
                change,
                AuditAction.ENDPOINT_DELETED,
                Subject.endpoint(companyId, endpoint.getKey()),
                FieldChanges.none().removed("url", endpoint.getValue())));
    idsAndTexts(change, REVOKE_KEYS, "name", companyId)
        .forEach(key ->
            audit.append(
                change,
                AuditAction.KEY_REVOKED,
                Subject.company(companyId),
                FieldChanges.none()
                    .removed("id", key.getKey().toString())
                    .removed("name", key.getValue())));
    change
        .handle()
        .createUpdate(CANCEL_JOBS)
        .bind("at", change.at())
        .bind("company", companyId)
        .execute();
    END_ACCESS.forEach(
        statement -> change.handle().createUpdate(statement).bind("company", companyId).execute());
  }

  private static List<Map.Entry<UUID, String>> idsAndTexts(
      Change change, String statement, String column, long companyId) {
    Query query =
        change.handle().createQuery(statement).bind("at", change.at()).bind("company", companyId);
    return (statement.contains(":version") ? query.bind("version", change.version()) : query)
        .map((row, _) -> Map.entry(ColumnValues.uuid(row, "id"), row.getString(column)))
        .list();
  }

  /// Deletes all rows of the company but the audit and the job that deletes it.
  static void delete(Handle handle, long companyId, UUID jobId) {
    for (String statement : DELETE_ALL) {
      Update update = handle.createUpdate(statement).bind("company", companyId);
      (statement.contains(":job") ? update.bind("job", jobId) : update).execute();
    }
  }
}
