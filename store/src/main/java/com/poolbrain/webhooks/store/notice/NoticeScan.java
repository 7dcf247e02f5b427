package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.notice.MailPace;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeDetail;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.domain.notice.NoticeRules;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Writes the notices that follow from the passing of time, and deletes old ones. The node that
/// owns the outbox does so from time to time.
public final class NoticeScan {

  /// How long notices are kept for the page.
  public static final Duration RETENTION = Duration.ofDays(30);

  private static final String FIND_FAILING =
      """
      select h.company_id, h.endpoint_id, h.since, f.delivery_id, f.error, f.status_code,
        (select max(at) from notice
         where endpoint_id = h.endpoint_id and kind in ('failing', 'still_failing')) as noticed_at
      from endpoint_health as h
      join endpoint as e on e.id = h.endpoint_id
      join company as c on c.id = h.company_id
      left join notice as f on f.endpoint_id = h.endpoint_id and f.kind = 'failing'
      where h.status = 'failing' and h.since <= :before and e.deleted_at is null and not e.paused
        and c.webhooks_enabled
        and not exists (
          select from notice
          where endpoint_id = h.endpoint_id and kind in ('failing', 'still_failing')
            and at > :before)
      order by h.since
      limit :limit
      """;

  private static final String FIND_CERTIFICATES =
      """
      select h.company_id, h.endpoint_id, h.certificate_expires_at, n.expires_at as noticed
      from endpoint_health as h
      join endpoint as e on e.id = h.endpoint_id
      left join notice as n on n.endpoint_id = h.endpoint_id and n.kind = 'certificate_expires'
      where h.certificate_expires_at > :now and h.certificate_expires_at < :until
        and h.certificate_expires_at is distinct from n.expires_at
        and e.deleted_at is null and not e.paused
      order by h.certificate_expires_at
      limit :limit
      """;

  private static final String DELETE_MAILS =
      """
      delete from notice_mail
      where noticed_at < :before and state <> 'sending' and coalesce(sent_at < :sentBefore, true)
      """;

  private static final String DELETE_NOTICES = "delete from notice where at < :before\n";

  private static final int MAX_NOTICES = 1_000;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public NoticeScan(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Runs once. What exceeds the limit of a run is left to the next one.
  public void run(Instant now) {
    transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      handle
          .createUpdate(DELETE_MAILS)
          .bind("before", now.minus(MailPace.MAX_AGE))
          .bind("sentBefore", now.minus(MailPace.SAME_NOTICE))
          .execute();
      handle.createUpdate(DELETE_NOTICES).bind("before", now.minus(RETENTION)).execute();
      List<Notice> notices = new ArrayList<>(findStillFailing(handle, now));
      notices.addAll(findCertificates(handle, now));
      NoticeWriter.write(handle, notices);
      return notices.size();
    });
  }

  private static List<Notice> findStillFailing(Handle handle, Instant now) {
    return handle
        .createQuery(FIND_FAILING)
        .bind("before", now.minus(NoticeRules.STILL_FAILING_INTERVAL))
        .bind("limit", MAX_NOTICES)
        .map((row, _) ->
            NoticeRules.isStillFailingDue(
                    ColumnValues.instant(row, "since"),
                    ColumnValues.instantOrNull(row, "noticed_at"),
                    now)
                ? Stream.of(
                    new Notice(
                        row.getLong("company_id"),
                        ColumnValues.uuid(row, "endpoint_id"),
                        NoticeKind.STILL_FAILING,
                        now,
                        NoticeRow.readFailure(row)))
                : Stream.<Notice>of())
        .stream()
        .flatMap(due -> due)
        .toList();
  }

  private static List<Notice> findCertificates(Handle handle, Instant now) {
    return handle
        .createQuery(FIND_CERTIFICATES)
        .bind("now", now)
        .bind("until", now.plus(NoticeRules.CERTIFICATE_WARNING))
        .bind("limit", MAX_NOTICES)
        .map((row, _) -> {
          Instant expiresAt = ColumnValues.instant(row, "certificate_expires_at");
          return NoticeRules.isCertificateDue(
                  expiresAt, ColumnValues.instantOrNull(row, "noticed"), now)
              ? Stream.of(
                  new Notice(
                      row.getLong("company_id"),
                      ColumnValues.uuid(row, "endpoint_id"),
                      NoticeKind.CERTIFICATE_EXPIRES,
                      now,
                      new NoticeDetail.Certificate(expiresAt)))
              : Stream.<Notice>of();
        })
        .stream()
        .flatMap(due -> due)
        .toList();
  }
}
