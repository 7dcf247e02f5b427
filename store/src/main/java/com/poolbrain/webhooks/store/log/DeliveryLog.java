package com.poolbrain.webhooks.store.log;

import com.poolbrain.webhooks.store.Transactions;
import java.sql.Connection;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What became of every delivery, open and ended ones alike, newest first.
///
/// ```java
/// Slice newest = log.list(DeliveryFilter.all(40), null, 50);
/// ```
public final class DeliveryLog {

  /// Statements of one look see the same moment.
  private static final String ONE_MOMENT =
      """
      set transaction isolation level repeatable read, read only
      """;

  private static final UUID AFTER_ALL = new UUID(-1, -1);

  private static final Comparator<LoggedDelivery> NEWEST_FIRST =
      Comparator.comparing(LoggedDelivery::id, IdOrder::compare).reversed();

  private static final int FURTHEST = 200_000;

  private final Transactions transactions;
  private final Running running;
  private final int furthest;

  /// @param transactions whose statements end within seconds
  /// @param running what is being attempted now
  public DeliveryLog(Transactions transactions, Running running) {
    this(transactions, running, FURTHEST);
  }

  /// @param furthest how many rows of each kind are looked at for one slice
  public DeliveryLog(Transactions transactions, Running running, int furthest) {
    this.transactions = transactions;
    this.running = running;
    this.furthest = furthest;
  }

  /// Deliveries that fit the filter.
  ///
  /// @param after where the slice before ended; null for the newest
  /// @param limit at most so many
  public Slice list(DeliveryFilter filter, @Nullable Position after, int limit) {
    return transactions.read(connection -> list(connection, filter, after, limit));
  }

  private Slice list(
      Connection connection, DeliveryFilter filter, @Nullable Position after, int limit) {
    Handle handle = Jdbi.open(connection);
    DeliveryRows rows = new DeliveryRows(handle, filter.companyId(), running);
    if (filter.search() != null) {
      return search(new Search(handle, filter.companyId()), rows, filter, after, limit);
    }
    UUID before = after == null ? AFTER_ALL : after.delivery();
    Scan.Found found = new Scan(handle, filter, limit, furthest).below(before);
    return new Slice(
        fitting(rows, filter, found.ids()).sorted(NEWEST_FIRST).toList(),
        found.next() == null ? null : new Position(found.next(), null));
  }

  private static Slice search(
      Search search,
      DeliveryRows rows,
      DeliveryFilter filter,
      @Nullable Position after,
      int limit) {
    String words = Objects.requireNonNull(filter.search());
    UUID id = uuid(words);
    if (id != null) {
      return new Slice(fitting(rows, filter, search.byId(id)).sorted(NEWEST_FIRST).toList(), null);
    }
    Search.Found found = search.referring(words, after, limit);
    List<UUID> ids = found.hits().stream().map(Search.Hit::delivery).toList();
    return new Slice(
        fitting(rows, filter, ids)
            .sorted(
                Comparator.comparing(LoggedDelivery::eventId, IdOrder::compare)
                    .thenComparing(LoggedDelivery::id, IdOrder::compare)
                    .reversed())
            .toList(),
        found.next());
  }

  private static Stream<LoggedDelivery> fitting(
      DeliveryRows rows, DeliveryFilter filter, Collection<UUID> ids) {
    return rows.deliveries(ids).stream().filter(filter::accepts);
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// One delivery with all that belongs to it; null if the company has no such one.
  public @Nullable DeliveryDetail get(long company, UUID id) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      handle.execute(ONE_MOMENT);
      DeliveryRows rows = new DeliveryRows(handle, company, running);
      List<LoggedDelivery> found = rows.deliveries(List.of(id));
      return found.isEmpty()
          ? null
          : new DeliveryDetail(
              found.getFirst(), rows.event(found.getFirst().eventId()), rows.attempts(id));
    });
  }
}
