package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.engine.erasure.CustomerContent;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Statements that replace the content of an event.
final class ErasedEvent {

  private static final String UPDATE =
      """
      update event set data = :data, erased_at = now() where id = :id and company_id = :company
      """;

  private static final String DELETE_REFS =
      """
      delete from event_ref
      where company_id = :company and event_id = :id and ref = any(:values::text[])
      """;

  private ErasedEvent() {}

  static void write(Handle handle, long companyId, UUID id, CustomerContent.Erased content) {
    handle
        .createUpdate(UPDATE)
        .bind("data", content.data())
        .bind("id", id)
        .bind("company", companyId)
        .execute();
    handle
        .createUpdate(DELETE_REFS)
        .bind("company", companyId)
        .bind("id", id)
        .bind("values", ColumnValues.textArray(content.removedValues()))
        .execute();
  }
}
