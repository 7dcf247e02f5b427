package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.notice.MailPace;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The outbox of mails. One node at a time owns it, and sends.
///
/// A mail is taken before the mail server gets it. If the node dies in between, the mail is not
/// sent again: nobody knows whether the server accepted it.
public final class NoticeOutbox {

  /// The most notices that one mail shows.
  public static final int MAX_ITEMS = 25;

  private static final String IS_OWNER =
      """
      select owner is not distinct from :node as is_owner,
        not exists (select from node where incarnation = owner) as is_free
      from notice_sender
      """;

  private static final String TAKE_OVER =
      """
      update notice_sender set owner = :node
      where (owner is null or not exists (select from node where incarnation = owner))
        and exists (select from node where incarnation = :node)
      """;

  private static final String GIVE_UP_TAKEN =
      """
      update notice_mail set state = 'done' where state = 'sending' returning address
      """;

  private static final String NEXT_ADDRESS =
      """
      select address from notice_mail where state = 'waiting' and due_at <= :now
      order by due_at, address
      limit 1
      """;

  private static final String SENT_LATELY =
      """
      select count(distinct sent_at) as mails, max(sent_at) as last_at
      from notice_mail where address = :address and sent_at > :since
      """;

  private static final String POSTPONE =
      """
      update notice_mail set due_at = :until
      where address = :address and state = 'waiting' and due_at < :until
      """;

  private static final String TAKE =
      """
      update notice_mail set state = 'sending', sent_at = :now, attempts = attempts + 1
      where address = :address and state = 'waiting' and due_at <= :now
        and exists (select from notice_sender where owner = :node)
      """;

  /// Endpoints that lost the address meanwhile are left out.
  private static final String READ_TAKEN =
      "select "
          + NoticeRow.COLUMNS
          + """
          , e.url, e.description, c.name as company_name, count(*) over () as total,
            max(m.attempts) over () as max_attempts
          from notice_mail as m
          join notice as n on n.endpoint_id = m.endpoint_id and n.kind = m.kind
          join endpoint as e on e.id = m.endpoint_id
          join company as c on c.id = m.company_id
          where m.address = :address and m.state = 'sending' and e.deleted_at is null
            and :address = any (e.alert_emails)
          order by n.at desc, n.endpoint_id, n.kind
          limit :limit
          """;

  private static final String FINISH =
      """
      update notice_mail set state = 'done' where address = :address and state = 'sending'
      """;

  private static final String RETRY =
      """
      update notice_mail set state = 'waiting', due_at = :dueAt
      where address = :address and state = 'sending'
      """;

  private static final String COUNT_WAITING =
      """
      select count(*) from notice_mail where state = 'waiting'
      """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public NoticeOutbox(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Whether a node owns the outbox.
  public sealed interface Ownership {

    /// It did before.
    record Kept() implements Ownership {}

    /// It does from now on.
    ///
    /// @param uncertain mails that the previous owner took and may have sent; they are not sent
    ///   again
    record TakenOver(int uncertain) implements Ownership {}

    /// Another live node does, or this one has no lease.
    record OfAnother() implements Ownership {}
  }

  private record Owner(boolean isSame, boolean isFree) {}

  /// Takes the outbox over if no live node owns it.
  ///
  /// @param node the incarnation of this node
  public Ownership claim(UUID node) {
    Owner owner =
        transactions.read(connection ->
            Jdbi.open(connection)
                .createQuery(IS_OWNER)
                .bind("node", node)
                .map((row, _) -> new Owner(row.getBoolean("is_owner"), row.getBoolean("is_free")))
                .one());
    if (owner.isSame() && !owner.isFree()) {
      return new Ownership.Kept();
    }
    return owner.isFree() ? takeOver(node) : new Ownership.OfAnother();
  }

  private Ownership takeOver(UUID node) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      if (handle.createUpdate(TAKE_OVER).bind("node", node).execute() == 0) {
        return new Ownership.OfAnother();
      }
      List<String> addresses = handle.createQuery(GIVE_UP_TAKEN).mapTo(String.class).list();
      return new Ownership.TakenOver((int) addresses.stream().distinct().count());
    });
  }

  /// The address whose mail is due next; null if none is due. Addresses that must wait, because
  /// they got a mail lately, are postponed.
  public @Nullable String nextAddress(Instant now) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      while (true) {
        String address =
            handle
                .createQuery(NEXT_ADDRESS)
                .bind("now", now)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
        Instant notBefore = address == null ? now : notBefore(handle, address, now);
        if (!notBefore.isAfter(now)) {
          return address;
        }
        handle.createUpdate(POSTPONE).bind("address", address).bind("until", notBefore).execute();
      }
    });
  }

  private static Instant notBefore(Handle handle, String address, Instant now) {
    return handle
        .createQuery(SENT_LATELY)
        .bind("address", address)
        .bind("since", now.minus(MailPace.ADDRESS_WINDOW))
        .map((row, _) ->
            MailPace.nextTo(row.getInt("mails"), ColumnValues.instantOrNull(row, "last_at"), now))
        .one();
  }

  /// Takes the due notices of an address for one mail; null if none is left, or this node no longer
  /// owns the outbox. [#finish] or [#retry] follows. If neither did for an earlier mail of the
  /// address, because the database failed, its notices are not sent again.
  public @Nullable DueMail take(String address, UUID node, Instant now) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      handle.createUpdate(FINISH).bind("address", address).execute();
      int taken =
          handle
              .createUpdate(TAKE)
              .bind("address", address)
              .bind("node", node)
              .bind("now", now)
              .execute();
      DueMail mail = taken == 0 ? null : readTaken(handle, address);
      if (taken > 0 && mail == null) {
        handle.createUpdate(FINISH).bind("address", address).execute();
      }
      return mail;
    });
  }

  private record Taken(DueMail.Item item, int total, int attempts) {}

  private static @Nullable DueMail readTaken(Handle handle, String address) {
    List<Taken> taken =
        handle
            .createQuery(READ_TAKEN)
            .bind("address", address)
            .bind("limit", MAX_ITEMS)
            .map((row, _) -> readTaken(row))
            .list();
    return taken.isEmpty()
        ? null
        : new DueMail(
            address,
            taken.stream().map(Taken::item).toList(),
            taken.getFirst().total(),
            taken.getFirst().attempts());
  }

  private static Taken readTaken(ResultSet row) throws SQLException {
    return new Taken(
        new DueMail.Item(
            NoticeRow.read(row),
            row.getString("company_name"),
            URI.create(row.getString("url")),
            row.getString("description")),
        row.getInt("total"),
        row.getInt("max_attempts"));
  }

  /// Records that the mail of an address was sent, or will not be.
  public void finish(String address) {
    transactions.inTransaction(connection ->
        Jdbi.open(connection).createUpdate(FINISH).bind("address", address).execute());
  }

  /// Records that the server did not accept the mail of an address, which waits until a time.
  public void retry(String address, Instant dueAt) {
    transactions.inTransaction(connection ->
        Jdbi.open(connection)
            .createUpdate(RETRY)
            .bind("address", address)
            .bind("dueAt", dueAt)
            .execute());
  }

  /// How many notices wait for a mail, counted by address.
  public long countWaiting() {
    return transactions.read(
        connection -> Jdbi.open(connection).createQuery(COUNT_WAITING).mapTo(Long.class).one());
  }
}
