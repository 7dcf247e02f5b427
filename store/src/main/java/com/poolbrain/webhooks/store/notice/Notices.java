package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Reads the latest notices of endpoints.
public final class Notices {

  private static final String LIST =
      "select "
          + NoticeRow.COLUMNS
          + """
          from notice as n
          join endpoint as e on e.id = n.endpoint_id
          left join endpoint_health as h on h.endpoint_id = n.endpoint_id
          where n.company_id = :company and n.kind = any (:kinds) and n.at > :since
            and e.deleted_at is null
            and (n.kind <> 'delivery_failed' or h.has_failed_delivery)
            and (n.kind <> 'recovered' or h.status <> 'failing')
            and (n.kind <> 'certificate_expires' or n.expires_at = h.certificate_expires_at)
          order by n.at desc, n.endpoint_id, n.kind
          limit :limit
          """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public Notices(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The notices of a company since a time, newest first, without those that are no longer true:
  /// the endpoint is healthy, or failing, again, or has another certificate.
  public List<Notice> list(long companyId, Collection<NoticeKind> kinds, Instant since, int limit) {
    return transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(LIST)
            .bind("company", companyId)
            .bind(
                "kinds", ColumnValues.textArray(kinds.stream().map(NoticeKind::wireName).toList()))
            .bind("since", since)
            .bind("limit", limit)
            .map((row, _) -> NoticeRow.read(row))
            .list());
  }
}
