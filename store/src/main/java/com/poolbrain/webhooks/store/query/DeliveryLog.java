package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Lists and reads deliveries, open and ended, newest first.
///
/// ```java
/// DeliveryPage newest = log.list(DeliveryFilter.ofCompany(40), null, 50);
/// ```
public final class DeliveryLog {

  /// All statements of the transaction see the same snapshot.
  private static final String REPEATABLE_READ =
      """
      set transaction isolation level repeatable read, read only
      """;

  private static final UUID MAX_ID = new UUID(-1, -1);

  private static final Comparator<LoggedDelivery> NEWEST_FIRST =
      Comparator.comparing(LoggedDelivery::id, UuidV7.ORDER).reversed();

  /// A page that scans so many rows takes up to 0.1 s; the scenario `queries` of the bench would
  /// notice.
  private static final int DEFAULT_MAX_SCANNED = 5_000;

  private final Transactions transactions;
  private final RunningAttempts runningAttempts;
  private final int maxScanned;

  /// @param transactions with a statement timeout of a few seconds
  public DeliveryLog(Transactions transactions, RunningAttempts runningAttempts) {
    this(transactions, runningAttempts, DEFAULT_MAX_SCANNED);
  }

  /// @param maxScanned how many rows of each index are scanned for one page
  public DeliveryLog(Transactions transactions, RunningAttempts runningAttempts, int maxScanned) {
    this.transactions = transactions;
    this.runningAttempts = runningAttempts;
    this.maxScanned = maxScanned;
  }

  /// One page of the deliveries that match a filter.
  ///
  /// @param after the cursor of the previous page; null for the first page
  /// @param limit the maximum size of the page
  public DeliveryPage list(DeliveryFilter filter, @Nullable Cursor after, int limit) {
    return transactions.read(connection -> readPage(connection, filter, after, limit));
  }

  private DeliveryPage readPage(
      Connection connection, DeliveryFilter filter, @Nullable Cursor after, int limit) {
    Handle handle = Jdbi.open(connection);
    DeliveryReader reader = new DeliveryReader(handle, filter.companyId(), runningAttempts);
    if (filter.searchText() != null) {
      return search(new DeliverySearch(handle, filter.companyId()), reader, filter, after, limit);
    }
    UUID before = after == null ? MAX_ID : after.deliveryId();
    DeliveryScan.ScanResult scanResult =
        new DeliveryScan(handle, filter, limit, maxScanned).findBelow(before);
    return new DeliveryPage(
        matching(reader, filter, scanResult.ids()).sorted(NEWEST_FIRST).toList(),
        scanResult.next() == null ? null : new Cursor(scanResult.next(), null));
  }

  private static DeliveryPage search(
      DeliverySearch deliverySearch,
      DeliveryReader reader,
      DeliveryFilter filter,
      @Nullable Cursor after,
      int limit) {
    String searchText = Objects.requireNonNull(filter.searchText());
    UUID id = parseUuid(searchText);
    if (id != null) {
      return new DeliveryPage(
          matching(reader, filter, deliverySearch.findById(id)).sorted(NEWEST_FIRST).toList(),
          null);
    }
    DeliverySearch.SearchResult searchResult = deliverySearch.findByRef(searchText, after, limit);
    List<UUID> ids = searchResult.hits().stream().map(DeliverySearch.Hit::deliveryId).toList();
    return new DeliveryPage(
        matching(reader, filter, ids)
            .sorted(
                Comparator.comparing(LoggedDelivery::eventId, UuidV7.ORDER)
                    .thenComparing(LoggedDelivery::id, UuidV7.ORDER)
                    .reversed())
            .toList(),
        searchResult.next());
  }

  private static Stream<LoggedDelivery> matching(
      DeliveryReader reader, DeliveryFilter filter, Collection<UUID> ids) {
    return reader.readDeliveries(ids).stream().filter(filter::matches);
  }

  private static @Nullable UUID parseUuid(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The present state of some deliveries, and of the newest ones of a company, in one statement.
  ///
  /// @param since no older ones are added
  /// @param limit how many open ones are added at most, and how many ended ones
  public List<LoggedDelivery> readLatest(
      long companyId, Instant since, int limit, Collection<UUID> ids) {
    return transactions.read(connection ->
        new DeliveryReader(Jdbi.open(connection), companyId, runningAttempts)
            .readLatest(since, limit, ids));
  }

  /// One delivery; null if the company does not have it.
  public @Nullable DeliveryDetail get(long companyId, UUID id) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      handle.execute(REPEATABLE_READ);
      DeliveryReader reader = new DeliveryReader(handle, companyId, runningAttempts);
      List<LoggedDelivery> found = reader.readDeliveries(List.of(id));
      return found.isEmpty()
          ? null
          : new DeliveryDetail(
              found.getFirst(),
              reader.readEvent(found.getFirst().eventId()),
              reader.readAttempts(found.getFirst()));
    });
  }
}
