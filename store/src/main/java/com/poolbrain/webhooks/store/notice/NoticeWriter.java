package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.notice.MailPace;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeDetail;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Writes notices, and their mails into the outbox, in the transaction of their cause.
///
/// A notice replaces an earlier one of its endpoint and kind that still waits. A mail is due at
/// once, or an hour after the previous one of the same endpoint, kind and address. A notice that
/// follows its opposite before that was sent takes it back, and neither is sent.
public final class NoticeWriter {

  private static final String UPSERT =
      """
      insert into notice (company_id, endpoint_id, kind, at, delivery_id, error, status_code, actor,
        expires_at, sentences)
      select company_id, id, :kind, :at, :deliveryId::uuid, :error, :statusCode, :actor,
        :expiresAt::timestamptz, :sentences
      from endpoint where company_id = :company and id = :endpoint and deleted_at is null
      on conflict (endpoint_id, kind) do update set
        at = excluded.at, delivery_id = excluded.delivery_id, error = excluded.error,
        status_code = excluded.status_code, actor = excluded.actor,
        expires_at = excluded.expires_at, sentences = excluded.sentences
      """;

  private static final String TAKE_BACK =
      """
      update notice_mail set state = 'done'
      where endpoint_id = :endpoint and kind = any (:kinds) and state = 'waiting'
      returning address
      """;

  /// What a conflict of [#INSERT_MAILS] and [#INSERT_MAILS_OF_SUBSCRIBERS] does.
  private static final String WAIT_AGAIN =
      """
      on conflict (endpoint_id, kind, address) do update set
        state = 'waiting', noticed_at = excluded.noticed_at, attempts = 0,
        due_at = case when m.state = 'waiting' then m.due_at
          else greatest(excluded.due_at, m.sent_at + :sameNotice * interval '1 second') end
      """;

  private static final String INSERT_MAILS =
      """
      insert into notice_mail as m (company_id, endpoint_id, kind, address, state, noticed_at, due_at)
      select e.company_id, e.id, :kind, a.address, 'waiting', :at, :at
      from endpoint as e cross join lateral unnest(e.alert_emails) as a (address)
      where e.company_id = :company and e.id = :endpoint and e.deleted_at is null
        and a.address <> all (:without)
      """
          + WAIT_AGAIN;

  /// Keeps the sentences of the last hour, so that none is missing in a mail that gathered several
  /// changes.
  private static final String UPSERT_OF_SUBSCRIBERS =
      """
      insert into notice as n (company_id, endpoint_id, kind, at, sentences)
      select company_id, id, :kind, :at, :sentences
      from endpoint where deleted_at is null and :name = any (subscribed_events)
      order by id
      on conflict (endpoint_id, kind) do update set
        at = excluded.at,
        sentences = case when n.at > :since then n.sentences || excluded.sentences
          else excluded.sentences end
      """;

  private static final String INSERT_MAILS_OF_SUBSCRIBERS =
      """
      insert into notice_mail as m (company_id, endpoint_id, kind, address, state, noticed_at, due_at)
      select e.company_id, e.id, :kind, a.address, 'waiting', :at, :at
      from endpoint as e cross join lateral unnest(e.alert_emails) as a (address)
      where e.deleted_at is null and :name = any (e.subscribed_events)
      order by e.id
      """
          + WAIT_AGAIN;

  private NoticeWriter() {}

  /// Writes notices. Those of endpoints that don't exist are dropped.
  public static void write(Handle handle, List<Notice> notices) {
    for (Notice notice : notices) {
      write(handle, notice);
    }
  }

  private static void write(Handle handle, Notice notice) {
    NoticeRow.bindDetail(handle.createUpdate(UPSERT), notice.detail())
        .bind("company", notice.companyId())
        .bind("endpoint", notice.endpointId())
        .bind("kind", notice.kind().wireName())
        .bind("at", notice.at())
        .execute();
    takeBack(handle, notice, notice.kind().supersedes());
    List<String> alreadyTrue = takeBack(handle, notice, notice.kind().reverses());
    handle
        .createUpdate(INSERT_MAILS)
        .bind("company", notice.companyId())
        .bind("endpoint", notice.endpointId())
        .bind("kind", notice.kind().wireName())
        .bind("at", notice.at())
        .bind("without", ColumnValues.textArray(alreadyTrue))
        .bind("sameNotice", MailPace.SAME_NOTICE.toSeconds())
        .execute();
  }

  /// Returns the addresses whose mails are no longer sent.
  private static List<String> takeBack(Handle handle, Notice notice, Set<NoticeKind> kinds) {
    return kinds.isEmpty()
        ? List.of()
        : handle
            .createQuery(TAKE_BACK)
            .bind("endpoint", notice.endpointId())
            .bind(
                "kinds", ColumnValues.textArray(kinds.stream().map(NoticeKind::wireName).toList()))
            .mapTo(String.class)
            .list();
  }

  /// Writes the notices of a change of an event type, for all endpoints that subscribed it.
  ///
  /// @param sentences what changed
  public static void writeTypeChange(
      Handle handle, String typeName, List<String> sentences, Instant at) {
    if (sentences.isEmpty()) {
      return;
    }
    var detail =
        new NoticeDetail.TypeChanges(
            sentences.stream().map(sentence -> typeName + ": " + sentence).toList());
    handle
        .createUpdate(UPSERT_OF_SUBSCRIBERS)
        .bind("kind", NoticeKind.EVENT_TYPE_CHANGED.wireName())
        .bind("at", at)
        .bind("name", typeName)
        .bind("sentences", ColumnValues.textArray(detail.sentences()))
        .bind("since", at.minus(MailPace.SAME_NOTICE))
        .execute();
    handle
        .createUpdate(INSERT_MAILS_OF_SUBSCRIBERS)
        .bind("kind", NoticeKind.EVENT_TYPE_CHANGED.wireName())
        .bind("at", at)
        .bind("name", typeName)
        .bind("sameNotice", MailPace.SAME_NOTICE.toSeconds())
        .execute();
  }
}
