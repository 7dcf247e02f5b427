package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.payload.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/// A handler that drops an item if a later one was applied to the same entity. Webhooks may arrive
/// in another order: a status that failed at first comes again after five minutes, when a newer one
/// was set.
///
/// ```java
/// .onEach(CustomerStatusUpdated.class,
///     LatestOnly.by(CustomerStatusUpdated::customerId, (change, context) -> crm.setStatus(change)))
/// ```
///
/// It remembers the last 100,000 entities in the memory of this process. With several processes, or
/// to survive a restart, use `JdbcLatestOnly`.
///
/// @param <P> type of the items
public final class LatestOnly<P extends Payload> implements ItemHandler<P> {

  private static final int MAX_ENTITIES = 100_000;
  private static final int LOCKS = 64;

  private record Entity(long companyId, Object key) {}

  private final Function<? super P, ?> keyOf;
  private final ItemHandler<? super P> handler;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  private final Map<Entity, Instant> applied =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Entity, Instant> eldest) {
          return size() > MAX_ENTITIES;
        }
      };

  private LatestOnly(Function<? super P, ?> keyOf, ItemHandler<? super P> handler) {
    this.keyOf = keyOf;
    this.handler = handler;
  }

  /// A handler that applies items in the order of their time.
  ///
  /// @param keyOf what an item changes, such as the id of a customer; entities of different
  ///   companies are different
  /// @param handler applies an item; called for one item of an entity at a time
  public static <P extends Payload> LatestOnly<P> by(
      Function<? super P, ?> keyOf, ItemHandler<? super P> handler) {
    return new LatestOnly<>(keyOf, handler);
  }

  @Override
  public void handle(P item, WebhookContext context) throws Exception {
    var entity = new Entity(context.companyId(), keyOf.apply(item));
    ReentrantLock lock = locks.get(Math.floorMod(entity.hashCode(), LOCKS));
    lock.lockInterruptibly();
    try {
      if (isOutdated(entity, context.timestamp())) {
        return;
      }
      handler.handle(item, context);
      remember(entity, context.timestamp());
    } finally {
      lock.unlock();
    }
  }

  private boolean isOutdated(Entity entity, Instant timestamp) {
    synchronized (applied) {
      Instant last = applied.get(entity);
      return last != null && timestamp.isBefore(last);
    }
  }

  private void remember(Entity entity, Instant timestamp) {
    synchronized (applied) {
      applied.put(entity, timestamp);
    }
  }
}
