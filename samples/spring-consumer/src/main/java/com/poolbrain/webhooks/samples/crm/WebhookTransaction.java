package com.poolbrain.webhooks.samples.crm;

import com.poolbrain.webhooks.consumer.WebhookContext;
import com.poolbrain.webhooks.consumer.jdbc.JdbcIdempotencyStore;
import com.poolbrain.webhooks.consumer.jdbc.JdbcLatestOnly;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/// What the library does in the transaction of a handler, on its connection. So the effects of a
/// webhook and the note that it was handled are committed together, or neither of them is.
@Component
class WebhookTransaction {

  private final JdbcOperations jdbc;
  private final JdbcIdempotencyStore store;
  private final JdbcLatestOnly latest;

  WebhookTransaction(JdbcOperations jdbc, JdbcIdempotencyStore store, JdbcLatestOnly latest) {
    this.jdbc = jdbc;
    this.store = store;
    this.latest = latest;
  }

  /// Whether no later event of this entity was applied: webhooks may arrive in another order.
  boolean isLatest(String kind, long id, WebhookContext context) {
    String entity = kind + "/" + context.companyId() + "/" + id;
    ConnectionCallback<Boolean> advance =
        connection -> latest.advance(connection, entity, context.timestamp());
    return Boolean.TRUE.equals(jdbc.execute(advance));
  }

  /// Notes that the webhook was handled. The last statement before the commit.
  void complete(WebhookContext context) {
    ConnectionCallback<Boolean> complete =
        connection -> {
          store.completeIn(connection, context.claim());
          return true;
        };
    jdbc.execute(complete);
  }
}
