package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.config.ConfigTransactions.Change;
import com.poolbrain.webhooks.store.config.StoredEventType.Fields;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.notice.NoticeWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The event types that operators added.
public final class EventTypeStore {

  /// The most changes of one type that are kept.
  public static final int MAX_CHANGES = 100;

  private static final String COLUMNS =
      """
      name, description, category, may_be_grouped, schema, samples, searchable, created_at
      """;

  private static final String LIST =
      "select "
          + COLUMNS
          + """
          from event_type order by created_at, name
          """;

  private static final String GET =
      "select "
          + COLUMNS
          + """
          from event_type where name = :name
          """;

  private static final String LIST_CHANGES =
      """
      select name, at, notices from event_type_change
      where :name::text is null or name = :name
      order by version desc
      """;

  private static final String COUNT =
      """
      select count(*) from event_type
      """;

  private static final String IS_CHANGED_SINCE =
      """
      select exists (select from event_type where version > :version)
      """;

  private static final String UPSERT =
      """
      insert into event_type (name, description, category, may_be_grouped, schema, samples,
                              searchable, created_at, version)
      values (:name, :description, :category, :mayBeGrouped, :schema, :samples, :searchable, :at,
              :version)
      on conflict (name) do update
      set description = excluded.description, category = excluded.category,
          may_be_grouped = excluded.may_be_grouped, schema = excluded.schema,
          samples = excluded.samples, searchable = excluded.searchable, version = excluded.version
      """;

  private static final String APPEND_CHANGE =
      """
      insert into event_type_change (name, version, at, notices)
      values (:name, :version, :at, :notices)
      """;

  private static final String DELETE_OLD_CHANGES =
      """
      delete from event_type_change
      where name = :name
        and version < (select version from event_type_change where name = :name
                       order by version desc offset :kept - 1 limit 1)
      """;

  private final ConfigTransactions configTransactions;

  public EventTypeStore(ConfigTransactions configTransactions) {
    this.configTransactions = configTransactions;
  }

  /// The result of [#put].
  public sealed interface PutResult {

    /// The type was added.
    record Created(StoredEventType type) implements PutResult {}

    /// The type was changed, or had these fields already.
    record Changed(StoredEventType type) implements PutResult {}

    /// There are [Limits#MAX_OPERATOR_EVENT_TYPES] types already.
    record LimitReached() implements PutResult {}
  }

  /// Adds or changes a type.
  ///
  /// @param notices what a change of the present fields changes, in sentences for subscribers; if
  ///   it throws, nothing is changed
  public PutResult put(
      String name, Fields fields, Function<Fields, List<String>> notices, Actor actor) {
    StoredEventType existing = get(name);
    if (existing != null && existing.fields().equals(fields)) {
      return new PutResult.Changed(existing);
    }
    return configTransactions.change(actor, change -> put(change, name, fields, notices));
  }

  private PutResult put(
      Change change, String name, Fields fields, Function<Fields, List<String>> notices) {
    Handle handle = change.handle();
    StoredEventType before = get(handle, name);
    if (before == null) {
      if (handle.createQuery(COUNT).mapTo(Integer.class).one() >= Limits.MAX_OPERATOR_EVENT_TYPES) {
        return new PutResult.LimitReached();
      }
      write(change, name, fields);
      appendAudit(change, name, null, fields);
      return new PutResult.Created(reread(handle, name));
    }
    if (before.fields().equals(fields)) {
      return new PutResult.Changed(before);
    }
    List<String> changes = notices.apply(before.fields());
    write(change, name, fields);
    handle
        .createUpdate(APPEND_CHANGE)
        .bind("name", name)
        .bind("version", change.version())
        .bind("at", change.at())
        .bind("notices", ColumnValues.textArray(changes))
        .execute();
    handle.createUpdate(DELETE_OLD_CHANGES).bind("name", name).bind("kept", MAX_CHANGES).execute();
    NoticeWriter.writeTypeChange(change.handle(), name, changes, change.at());
    appendAudit(change, name, before.fields(), fields);
    return new PutResult.Changed(reread(handle, name));
  }

  private void write(Change change, String name, Fields fields) {
    change
        .handle()
        .createUpdate(UPSERT)
        .bind("name", name)
        .bind("description", fields.description())
        .bind("category", fields.category())
        .bind("mayBeGrouped", fields.mayBeGrouped())
        .bind("schema", fields.schema())
        .bind("samples", ColumnValues.textArray(fields.samples()))
        .bind("searchable", ColumnValues.textArray(fields.searchable()))
        .bind("at", change.at())
        .bind("version", change.version())
        .execute();
  }

  private void appendAudit(Change change, String name, @Nullable Fields before, Fields after) {
    FieldChanges changes = FieldChanges.none().added("name", name);
    if (before == null) {
      changes
          .added("description", after.description())
          .added("category", after.category())
          .added("may_be_grouped", after.mayBeGrouped())
          .added("schema", after.schema())
          .added("searchable", after.searchable());
    } else {
      changes
          .compare("description", before.description(), after.description())
          .compare("category", before.category(), after.category())
          .compare("schema", before.schema(), after.schema())
          .compare("samples", before.samples(), after.samples())
          .compare("searchable", before.searchable(), after.searchable());
    }
    configTransactions.appendAudit(
        change, AuditAction.EVENT_TYPE_CHANGED, Subject.SERVICE, changes);
  }

  /// The type; null if no operator added it.
  public @Nullable StoredEventType get(String name) {
    return configTransactions.read(handle -> get(handle, name));
  }

  private static StoredEventType reread(Handle handle, String name) {
    StoredEventType type = get(handle, name);
    if (type == null) {
      throw new IllegalStateException("The event type " + name + " vanished.");
    }
    return type;
  }

  private static @Nullable StoredEventType get(Handle handle, String name) {
    Map<String, List<StoredEventType.Change>> changes = readChanges(handle, name);
    return handle
        .createQuery(GET)
        .bind("name", name)
        .map((row, _) -> fromRow(row, changes))
        .findOne()
        .orElse(null);
  }

  /// All types if one of them changed after a version, in the order in which they were added; null
  /// if none did.
  ///
  /// @param sinceVersion the configuration version that the caller has; -1 for none
  static @Nullable List<StoredEventType> readChangedSince(Handle handle, long sinceVersion) {
    boolean isChanged =
        handle
            .createQuery(IS_CHANGED_SINCE)
            .bind("version", sinceVersion)
            .mapTo(Boolean.class)
            .one();
    if (!isChanged) {
      return null;
    }
    Map<String, List<StoredEventType.Change>> changes = readChanges(handle, null);
    return handle.createQuery(LIST).map((row, _) -> fromRow(row, changes)).list();
  }

  private static Map<String, List<StoredEventType.Change>> readChanges(
      Handle handle, @Nullable String name) {
    Map<String, List<StoredEventType.Change>> changes = new HashMap<>();
    handle
        .createQuery(LIST_CHANGES)
        .bind("name", name)
        .map((row, _) ->
            Map.entry(
                row.getString("name"),
                new StoredEventType.Change(
                    ColumnValues.instant(row, "at"), ColumnValues.textArray(row, "notices"))))
        .forEach(change ->
            changes
                .computeIfAbsent(change.getKey(), _ -> new ArrayList<>())
                .add(change.getValue()));
    return changes;
  }

  private static StoredEventType fromRow(
      ResultSet row, Map<String, List<StoredEventType.Change>> changes) throws SQLException {
    String name = row.getString("name");
    return new StoredEventType(
        name,
        new Fields(
            row.getString("description"),
            row.getString("category"),
            row.getBoolean("may_be_grouped"),
            row.getString("schema"),
            ColumnValues.textArray(row, "samples"),
            ColumnValues.textArray(row, "searchable")),
        ColumnValues.instant(row, "created_at"),
        changes.getOrDefault(name, List.of()));
  }
}
