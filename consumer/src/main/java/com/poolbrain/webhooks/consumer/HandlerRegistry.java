package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.payload.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The handlers of a receiver by the type of their items. Immutable.
final class HandlerRegistry {

  private final Map<Class<? extends Payload>, GroupHandler<Payload>> byType;
  private final @Nullable GroupHandler<Payload> otherwise;

  HandlerRegistry(
      Map<Class<? extends Payload>, GroupHandler<Payload>> byType,
      @Nullable GroupHandler<Payload> otherwise) {
    this.byType = new HashMap<>(byType);
    this.otherwise = otherwise;
  }

  boolean isEmpty() {
    return byType.isEmpty() && otherwise == null;
  }

  /// The handler of these items, which are of one type; null if there is none.
  @Nullable GroupHandler<Payload> find(List<Payload> items) {
    GroupHandler<Payload> handler = byType.get(items.get(0).getClass());
    return handler == null ? otherwise : handler;
  }

  static <P extends Payload> GroupHandler<Payload> casting(
      Class<P> type, GroupHandler<? super P> handler) {
    return (items, context) -> handle(items.stream().map(type::cast).toList(), context, handler);
  }

  private static <P extends Q, Q extends Payload> void handle(
      List<P> items, WebhookContext context, GroupHandler<Q> handler) throws Exception {
    handler.handle(List.copyOf(items), context);
  }

  static <P extends Payload> GroupHandler<P> eachOf(ItemHandler<? super P> handler) {
    return (items, context) -> {
      for (P item : items) {
        handler.handle(item, context);
      }
    };
  }
}
