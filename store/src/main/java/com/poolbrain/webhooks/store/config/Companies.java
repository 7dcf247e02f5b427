package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The companies and their "Use Webhooks" settings.
public final class Companies {

  private static final String GET =
      """
      select id, name, webhooks_enabled from company where id = :id and deleted_at is null
      """;

  private static final String COUNT_ENDPOINTS =
      """
      select count(*) from endpoint where company_id = :id and deleted_at is null
      """;

  private static final String IS_BEING_DELETED =
      """
      select exists (select from company where id = :id and deleted_at is not null)
      """;

  private static final String LIST =
      """
      select id, name, webhooks_enabled from company where id > :after and deleted_at is null order by id limit :limit
      """;

  private static final String UPSERT =
      """
      insert into company (id, name, created_at, version) values (:id, :name, :at, :version)
      on conflict (id) do update set name = excluded.name, version = excluded.version
      """;

  private static final String SET_WEBHOOKS_ENABLED =
      """
      update company set webhooks_enabled = :enabled, version = :version
      where id = :id and deleted_at is null
      """;

  private static final String APPEND_HISTORY =
      """
      insert into company_history (company_id, version, valid_from, actor, name, webhooks_enabled)
      select id, version, :at, :actor, name, webhooks_enabled from company where id = :id
      """;

  private final ConfigTransactions configTransactions;

  public Companies(ConfigTransactions configTransactions) {
    this.configTransactions = configTransactions;
  }

  /// The result of [#put].
  ///
  /// @param created false if the company existed already
  public record PutResult(Company company, boolean created) {}

  /// Creates a company with webhooks off, or renames it; null while the company is being deleted.
  public @Nullable PutResult put(long id, String name, Actor actor) {
    Company existing = get(id);
    if (existing != null && existing.name().equals(name)) {
      return new PutResult(existing, false);
    }
    return configTransactions.<@Nullable PutResult>change(
        actor,
        change -> {
          if (isBeingDeleted(change.handle(), id)) {
            return null;
          }
          Company before = get(change.handle(), id);
          change
              .handle()
              .createUpdate(UPSERT)
              .bind("id", id)
              .bind("name", name)
              .bind("at", change.at())
              .bind("version", change.version())
              .execute();
          Company company =
              before == null
                  ? appendHistory(
                      change,
                      id,
                      AuditAction.COMPANY_CREATED,
                      FieldChanges.none().added("name", name))
                  : appendHistory(
                      change,
                      id,
                      AuditAction.COMPANY_RENAMED,
                      FieldChanges.none().compare("name", before.name(), name));
          return new PutResult(company, before == null);
        });
  }

  /// Switches webhooks on or off. Returns null if the company does not exist.
  public @Nullable Company setWebhooksEnabled(long id, boolean enabled, Actor actor) {
    Company existing = get(id);
    if (existing == null || existing.webhooksEnabled() == enabled) {
      return existing;
    }
    return configTransactions.change(
        actor,
        change -> {
          change
              .handle()
              .createUpdate(SET_WEBHOOKS_ENABLED)
              .bind("id", id)
              .bind("enabled", enabled)
              .bind("version", change.version())
              .execute();
          return appendHistory(
              change,
              id,
              enabled ? AuditAction.WEBHOOKS_ENABLED : AuditAction.WEBHOOKS_DISABLED,
              FieldChanges.none().compare("webhooks_enabled", !enabled, enabled));
        });
  }

  private static boolean isBeingDeleted(Handle handle, long id) {
    return handle.createQuery(IS_BEING_DELETED).bind("id", id).mapTo(Boolean.class).one();
  }

  /// The company; null if it does not exist.
  public @Nullable Company get(long id) {
    return configTransactions.read(handle -> get(handle, id));
  }

  /// How many endpoints a company has.
  public long countEndpoints(long id) {
    return configTransactions.read(
        handle -> handle.createQuery(COUNT_ENDPOINTS).bind("id", id).mapTo(long.class).one());
  }

  /// One page of companies by ascending id.
  ///
  /// @param after the last id of the previous page; 0 for the first page
  public Page<Company> list(long after, int limit) {
    return configTransactions.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("after", after)
                .bind("limit", limit + 1)
                .map((row, _) -> fromRow(row))
                .list(),
            limit));
  }

  private static @Nullable Company get(Handle handle, long id) {
    return handle
        .createQuery(GET)
        .bind("id", id)
        .map((row, _) -> fromRow(row))
        .findOne()
        .orElse(null);
  }

  private Company appendHistory(Change change, long id, AuditAction action, FieldChanges changes) {
    change
        .handle()
        .createUpdate(APPEND_HISTORY)
        .bind("id", id)
        .bind("at", change.at())
        .bind("actor", change.actor().name())
        .execute();
    configTransactions.appendAudit(change, action, Subject.company(id), changes);
    return change.handle().createQuery(GET).bind("id", id).map((row, _) -> fromRow(row)).one();
  }

  static Company fromRow(ResultSet row) throws SQLException {
    return new Company(
        row.getLong("id"), row.getString("name"), row.getBoolean("webhooks_enabled"));
  }
}
